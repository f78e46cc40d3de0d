import * as vscode from 'vscode';
import { messageOf } from '../../infrastructure/errors';
import type { InputPart } from '../../protocol/generated';

export interface TerminalTargets {
  ask(input: readonly InputPart[]): Promise<void>;
  attach(part: InputPart): Promise<void>;
  /** The last command of a terminal with its output; null where none is known. */
  terminalPart(terminal?: vscode.Terminal): InputPart | null;
}

/** What a terminal's menu offers: its last command explained or mended, its output or its selection in the chat. */
export class Terminals {
  constructor(
    context: vscode.ExtensionContext,
    private readonly targets: TerminalTargets,
  ) {
    const { registerCommand: add } = vscode.commands;
    const register = (id: string, run: (terminal?: vscode.Terminal) => Promise<void>) =>
      add(id, (argument: unknown) =>
        run(isTerminal(argument) ? argument : undefined).catch(
          (error) => void vscode.window.showErrorMessage(messageOf(error)),
        ),
      );
    context.subscriptions.push(
      register('sage.terminal.explain', (terminal) =>
        this.#withLast(terminal, (run) => this.#ask('Explain this command and what it wrote.', run)),
      ),
      register('sage.terminal.fix', (terminal) =>
        this.#withLast(terminal, (run) =>
          this.#ask(
            'This command did not do what it should. Find out why, fix the cause, and run it again to check.',
            run,
          ),
        ),
      ),
      register('sage.terminal.addOutput', (terminal) => this.#withLast(terminal, (run) => this.targets.attach(run))),
      register('sage.terminal.addSelection', () => this.#addSelection()),
    );
  }

  #ask(words: string, run: InputPart): Promise<void> {
    return this.targets.ask([{ type: 'text', text: words }, run]);
  }

  async #withLast(terminal: vscode.Terminal | undefined, use: (run: InputPart) => Promise<void>): Promise<void> {
    const run = this.targets.terminalPart(terminal);
    if (run !== null) {
      return use(run);
    }
    void vscode.window.showInformationMessage(
      vscode.l10n.t(
        'Sage knows no command of this terminal. It sees those that ran since it started, where the shell tells the editor about them.',
      ),
    );
  }

  async #addSelection(): Promise<void> {
    const text = await selectedText();
    if (text.trim() === '') {
      void vscode.window.showInformationMessage(vscode.l10n.t('Nothing is selected in the terminal.'));
      return;
    }
    const name = vscode.window.activeTerminal?.name ?? '';
    await this.targets.attach({
      type: 'excerpt',
      source: 'terminal',
      title: vscode.l10n.t('Selection in Terminal {0}', name),
      text,
    });
  }
}

/** No API reads a terminal's selection; the clipboard is given back what it held. */
async function selectedText(): Promise<string> {
  const before = await vscode.env.clipboard.readText();
  try {
    await vscode.env.clipboard.writeText('');
    await vscode.commands.executeCommand('workbench.action.terminal.copySelection');
    return await vscode.env.clipboard.readText();
  } finally {
    await vscode.env.clipboard.writeText(before);
  }
}

function isTerminal(value: unknown): value is vscode.Terminal {
  return typeof value === 'object' && value !== null && 'sendText' in value;
}
