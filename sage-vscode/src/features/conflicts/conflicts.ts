import * as vscode from 'vscode';
import { protocolPath } from '../../infrastructure/paths';
import type { InputPart } from '../../protocol/generated';
import { type Conflict, parseConflicts, resolveInstruction } from './parseConflicts';

const IN_CONFLICT = 'sage.fileHasConflicts';

/** Where conflicts are resolved: one in its place, to be accepted or rejected there; all of a file in the chat. */
export interface ConflictTargets {
  ask(input: readonly InputPart[]): Promise<void>;
  editInline(
    uri: vscode.Uri,
    lines: { readonly start: number; readonly end: number },
    instruction: string,
  ): Promise<void>;
}

/** Merge conflicts in the editor: a code lens above each, and a command for all. */
export class Conflicts implements vscode.CodeLensProvider {
  constructor(
    context: vscode.ExtensionContext,
    private readonly targets: ConflictTargets,
  ) {
    const register = vscode.commands.registerCommand;
    const { onDidChangeTextDocument, onDidOpenTextDocument } = vscode.workspace;
    const look = () => showContext();
    context.subscriptions.push(
      vscode.languages.registerCodeLensProvider({ scheme: 'file' }, this),
      vscode.window.onDidChangeActiveTextEditor(look),
      onDidOpenTextDocument(look),
      onDidChangeTextDocument(({ document }) => document === vscode.window.activeTextEditor?.document && look()),
      register('sage.resolveConflict', (line?: unknown) => this.#resolve(line)),
      register('sage.resolveAllConflicts', () => this.#resolveAll()),
    );
    look();
  }

  provideCodeLenses(document: vscode.TextDocument): vscode.CodeLens[] {
    const conflicts = conflictsOf(document);
    return conflicts.flatMap(({ start }) => {
      const lens = (title: string, command: string) =>
        new vscode.CodeLens(new vscode.Range(start, 0, start, 0), { title, command, arguments: [start] });
      const one = lens(`$(sparkle)\u00a0${vscode.l10n.t('Resolve with Sage')}`, 'sage.resolveConflict');
      return conflicts.length === 1
        ? [one]
        : [one, lens(vscode.l10n.t('Resolve All with Sage'), 'sage.resolveAllConflicts')];
    });
  }

  /** The one that a lens names, or the one at the cursor. */
  async #resolve(line: unknown): Promise<void> {
    const editor = vscode.window.activeTextEditor;
    const at = typeof line === 'number' ? line : editor?.selection.active.line;
    const conflict =
      editor && conflictsOf(editor.document).find(({ start, end }) => at !== undefined && start <= at && at <= end);
    if (editor === undefined || conflict === undefined) {
      void vscode.window.showInformationMessage(vscode.l10n.t('There is no merge conflict at the cursor.'));
      return;
    }
    await this.targets.editInline(editor.document.uri, conflict, resolveInstruction(conflict));
  }

  async #resolveAll(): Promise<void> {
    const document = vscode.window.activeTextEditor?.document;
    const conflicts = document === undefined ? [] : conflictsOf(document);
    if (document === undefined || conflicts.length === 0) {
      void vscode.window.showInformationMessage(vscode.l10n.t('There is no merge conflict in this file.'));
      return;
    }
    const path = protocolPath(document.uri);
    const words = `Resolve ${conflicts.length === 1 ? 'the merge conflict' : `all ${conflicts.length} merge conflicts`} in ${path}. Keep the intent of both sides, look at the history where it is unclear, leave no conflict marks, and change nothing else. Then say in a line each how you decided.`;
    await this.targets.ask([
      { type: 'text', text: words },
      {
        type: 'excerpt',
        source: 'conflict',
        title: vscode.l10n.t('Conflicts in {0}', path),
        text: textOf(document, conflicts),
      },
      { type: 'file', path },
    ]);
  }
}

function conflictsOf(document: vscode.TextDocument): readonly Conflict[] {
  const text = document.getText();
  return text.includes('<<<<<<<') ? parseConflicts(text) : [];
}

function textOf(document: vscode.TextDocument, conflicts: readonly Conflict[]): string {
  return conflicts
    .map(({ start, end }) => {
      const lines = new vscode.Range(start, 0, end, Number.MAX_SAFE_INTEGER);
      return `lines ${start + 1}-${end + 1}:\n${document.getText(lines)}`;
    })
    .join('\n\n');
}

function showContext(): void {
  const document = vscode.window.activeTextEditor?.document;
  const has = document?.uri.scheme === 'file' && conflictsOf(document).length > 0;
  void vscode.commands.executeCommand('setContext', IN_CONFLICT, has);
}
