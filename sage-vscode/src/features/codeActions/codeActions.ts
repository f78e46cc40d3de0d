import * as vscode from 'vscode';
import { messageOf } from '../../infrastructure/errors';
import { protocolPath, uriOf } from '../../infrastructure/paths';
import type { InputPart } from '../../protocol/generated';
import type { Server } from '../../server/requests';
import { FixFileAction } from './fixFileAction';
import { type ActionKind, isRunArgument, parseResolved, type ResolvedAction, type RunArgument } from './resolvedAction';

export const RUN = 'sage.runCodeAction';

/** Where the actions lead; provided by the chat and the inline edit. */
export interface ActionTargets {
  ask(input: readonly InputPart[]): Promise<void>;
  attach(part: InputPart): Promise<void>;
  /** The problems of a file as something to attach; null without any. */
  problemsOf(uri: vscode.Uri): InputPart | null;
  editInline(uri: vscode.Uri, lines: { readonly start: number; readonly end: number }): Promise<void>;
}

/** What happens when one of the server's code actions is chosen, in the light bulb or in the menus. */
export class CodeActions {
  constructor(
    context: vscode.ExtensionContext,
    private readonly server: Server,
    private readonly targets: ActionTargets,
  ) {
    const register = vscode.commands.registerCommand;
    context.subscriptions.push(
      vscode.commands.registerCommand(RUN, (argument: unknown) => this.#run(argument)),
      register('sage.explain', (...args: unknown[]) => this.#runAt(placeOf(args), 'explain')),
      register('sage.fix', (...args: unknown[]) => this.#runAt(placeOf(args), 'fix')),
      register('sage.generateTests', (...args: unknown[]) => this.#runAt(placeOf(args), 'generateTests')),
      register('sage.document', (...args: unknown[]) => this.#runAt(placeOf(args), 'document')),
      register('sage.fixFile', (uri?: unknown) => this.#fixFile(uri)),
      vscode.languages.registerCodeActionsProvider({ scheme: 'file' }, new FixFileAction(), FixFileAction.metadata),
    );
  }

  async #run(argument: unknown): Promise<void> {
    if (!isRunArgument(argument)) {
      void vscode.window.showInformationMessage(vscode.l10n.t('Choose a Sage action from the light bulb.'));
      return;
    }
    try {
      await this.#perform(await this.#resolve(argument));
    } catch (error) {
      void vscode.window.showErrorMessage(messageOf(error));
    }
  }

  async #resolve({ id }: RunArgument): Promise<ResolvedAction> {
    const answer = await this.server.request('workspace/executeCommand', {
      command: 'sage.internal.resolveCodeAction',
      arguments: [id],
    });
    return parseResolved(answer);
  }

  async #perform(action: ResolvedAction): Promise<void> {
    const { kind, startLine, endLine, text, prompt } = action;
    const uri = uriOf(action.path);
    const selection: InputPart = { type: 'selection', path: protocolPath(uri), startLine, endLine, text };
    switch (kind) {
      case 'fix':
      case 'explain':
      case 'generateTests':
      case 'document':
        return this.targets.ask([{ type: 'text', text: prompt }, selection]);
      case 'addToChat':
        return this.targets.attach(selection);
      case 'rewrite':
        return this.targets.editInline(uri, { start: startLine - 1, end: endLine - 1 });
      default:
        return kind satisfies never;
    }
  }

  /** The menu's way: what the light bulb would offer here, so that the words and the rules stay the server's. */
  async #runAt(place: Place | undefined, kind: ActionKind): Promise<void> {
    if (place === undefined) {
      return;
    }
    const offered = await vscode.commands.executeCommand<(vscode.CodeAction | vscode.Command)[]>(
      'vscode.executeCodeActionProvider',
      place.uri,
      place.range,
    );
    const argument = offered
      .map((action) => (typeof action.command === 'object' ? action.command : undefined))
      .filter((command) => command?.command === RUN)
      .map((command): unknown => command?.arguments?.[0])
      .find((candidate) => isRunArgument(candidate) && candidate.kind === kind);
    if (argument === undefined) {
      void vscode.window.showInformationMessage(
        kind === 'fix'
          ? vscode.l10n.t('There is no problem at the cursor for Sage to fix.')
          : vscode.l10n.t('Sage has nothing to offer here. Select some code first.'),
      );
      return;
    }
    await this.#run(argument);
  }

  /** Every problem of the file in one prompt. */
  async #fixFile(argument: unknown): Promise<void> {
    const uri = argument instanceof vscode.Uri ? argument : vscode.window.activeTextEditor?.document.uri;
    const problems = uri === undefined ? null : this.targets.problemsOf(uri);
    if (uri === undefined || problems === null) {
      void vscode.window.showInformationMessage(vscode.l10n.t('There is no problem in this file.'));
      return;
    }
    const path = protocolPath(uri);
    const text = `Fix all problems in ${path}. Look for a common cause first, and check that none is left.`;
    await this.targets.ask([{ type: 'text', text }, problems, { type: 'file', path }]);
  }
}

interface Place {
  readonly uri: vscode.Uri;
  readonly range: vscode.Range;
}

/** What a code lens names; else the selection. Menus hand over the file alone, which says no more. */
function placeOf([uri, range]: readonly unknown[]): Place | undefined {
  if (uri instanceof vscode.Uri && range instanceof vscode.Range) {
    return { uri, range };
  }
  const editor = vscode.window.activeTextEditor;
  return editor && { uri: editor.document.uri, range: editor.selection };
}
