import * as vscode from 'vscode';
import { messageOf } from '../../infrastructure/errors';
import { protocolPath, uriOf } from '../../infrastructure/paths';
import type { InputPart } from '../../protocol/generated';
import type { Server } from '../../server/requests';
import { type ActionKind, isRunArgument, parseResolved, type ResolvedAction, type RunArgument } from './resolvedAction';

export const RUN = 'sage.runCodeAction';

/** Where the actions lead; provided by the chat and the inline edit. */
export interface ActionTargets {
  ask(input: readonly InputPart[]): Promise<void>;
  attach(part: InputPart): Promise<void>;
  editInline(uri: vscode.Uri, lines: { readonly start: number; readonly end: number }): Promise<void>;
}

/** What happens when one of the server's code actions is chosen, in the light bulb or in the menus. */
export class CodeActions {
  constructor(
    context: vscode.ExtensionContext,
    private readonly server: Server,
    private readonly targets: ActionTargets,
  ) {
    context.subscriptions.push(
      vscode.commands.registerCommand(RUN, (argument: unknown) => this.#run(argument)),
      vscode.commands.registerCommand('sage.explain', () => this.#runAtSelection('explain')),
      vscode.commands.registerCommand('sage.fix', () => this.#runAtSelection('fix')),
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
  async #runAtSelection(kind: ActionKind): Promise<void> {
    const editor = vscode.window.activeTextEditor;
    if (editor === undefined) {
      return;
    }
    const offered = await vscode.commands.executeCommand<(vscode.CodeAction | vscode.Command)[]>(
      'vscode.executeCodeActionProvider',
      editor.document.uri,
      editor.selection,
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
}
