import * as vscode from 'vscode';
import { protocolPath } from '../../infrastructure/paths';
import type { Signal } from '../../infrastructure/signal';
import type { EventEnvelope, InputPart } from '../../protocol/generated';
import { describeFailure } from './describeFailure';
import { endOfTurn } from './turnWatch';

export interface FailureTargets {
  ask(input: readonly InputPart[]): Promise<void>;
}

/** What the editor hands to the commands in the menus of tests and their messages. */
interface Failed {
  readonly test: vscode.TestItem;
  /** Missing in the menu of a test, which has no message of its own. */
  readonly message?: vscode.TestMessage;
}

/**
 * Failed tests in the chat. Only the message that the menu belongs to can be read: the results of other extensions' tests are in no
 * stable API, so what comes of it is seen by running the failed tests again, which is offered when the turn has ended.
 */
export class TestFailures {
  constructor(
    context: vscode.ExtensionContext,
    private readonly events: Signal<EventEnvelope>,
    private readonly targets: FailureTargets,
  ) {
    context.subscriptions.push(
      vscode.commands.registerCommand('sage.fixTest', (argument: unknown) => this.#fix(argument)),
    );
  }

  async #fix(argument: unknown): Promise<void> {
    const failed = failedOf(argument);
    if (failed === undefined) {
      void vscode.window.showInformationMessage(
        vscode.l10n.t('Choose this in the menu of the message of a failed test, in the Test Results or in the editor.'),
      );
      return;
    }
    const names = namesOf(failed.test);
    const file = failed.message?.location?.uri ?? failed.test.uri;
    const text = `Fix the failing test “${names.join(' > ')}”: find out whether the code or the test is wrong, mend that, and run the test to check.`;
    const ended = endOfTurn(this.events, text);
    void this.targets.ask([
      { type: 'text', text },
      {
        type: 'excerpt',
        source: 'test',
        title: vscode.l10n.t('Test: {0}', names.at(-1) ?? ''),
        text: describe(failed, names),
      },
      ...(file?.scheme === 'file' ? [{ type: 'file' as const, path: protocolPath(file) }] : []),
    ]);
    if ((await ended) === 'completed') {
      await offerToRunAgain();
    }
  }
}

async function offerToRunAgain(): Promise<void> {
  const run = vscode.l10n.t('Run Failed Tests Again');
  const message = vscode.l10n.t('Sage is done with the failing test.');
  if ((await vscode.window.showInformationMessage(message, run)) === run) {
    await vscode.commands.executeCommand('testing.reRunFailTests');
  }
}

function describe({ test, message }: Failed, names: readonly string[]): string {
  const place = message?.location ?? (test.uri && test.range ? { uri: test.uri, range: test.range } : undefined);
  return describeFailure({
    names,
    message: typeof message?.message === 'object' ? message.message.value : message?.message,
    expected: message?.expectedOutput,
    actual: message?.actualOutput,
    at: place && `${protocolPath(place.uri)}:${place.range.start.line + 1}`,
    stack: (message?.stackTrace ?? []).map(({ label, uri, position }) =>
      uri === undefined ? label : `${label} (${protocolPath(uri)}:${(position?.line ?? 0) + 1})`,
    ),
  });
}

function namesOf(test: vscode.TestItem): readonly string[] {
  const names: string[] = [];
  for (let item: vscode.TestItem | undefined = test; item !== undefined; item = item.parent) {
    names.unshift(item.label);
  }
  return names;
}

/** A test, or a message with the test that it belongs to. */
function failedOf(value: unknown): Failed | undefined {
  if (typeof value !== 'object' || value === null) {
    return undefined;
  }
  if ('test' in value && 'message' in value) {
    return value as Failed;
  }
  return 'label' in value && 'children' in value ? { test: value as vscode.TestItem } : undefined;
}
