import * as vscode from 'vscode';
import { protocolPath } from '../../infrastructure/paths';
import { hunkAt } from './hunkPlaces';
import type { PendingFiles } from './pendingFiles';

const keys = ['sage.hasPendingHunks', 'sage.inPendingFile', 'sage.onPendingHunk'] as const;

/** Tells the editor's keys and menus whether there is something to review, in the open file, and at the cursor. */
export class ReviewContext {
  readonly #told = new Map<string, boolean>();

  constructor(private readonly pending: PendingFiles) {}

  register(): vscode.Disposable {
    return vscode.Disposable.from(
      vscode.window.onDidChangeActiveTextEditor(() => this.refresh()),
      vscode.window.onDidChangeTextEditorSelection(({ textEditor }) => {
        if (textEditor === vscode.window.activeTextEditor) {
          this.refresh();
        }
      }),
    );
  }

  refresh(): void {
    const editor = vscode.window.activeTextEditor;
    const isFile = editor?.document.uri.scheme === 'file';
    const file = isFile ? this.pending.find(protocolPath(editor.document.uri)) : undefined;
    const hunk = isFile && hunkAt(file, editor.selection.active.line, editor.document.lineCount);
    const values = [this.pending.files.length > 0, file !== undefined, Boolean(hunk)];
    for (const [index, key] of keys.entries()) {
      const value = values[index] ?? false;
      if (this.#told.get(key) !== value) {
        this.#told.set(key, value);
        void vscode.commands.executeCommand('setContext', key, value);
      }
    }
  }
}
