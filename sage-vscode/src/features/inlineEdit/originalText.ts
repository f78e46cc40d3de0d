import * as vscode from 'vscode';

const SCHEME = 'sage-before-edit';

/** Serves the text from before an inline edit to the editor's own diff view. */
export class OriginalText implements vscode.TextDocumentContentProvider {
  readonly #texts = new Map<string, string>();

  register(): vscode.Disposable {
    return vscode.workspace.registerTextDocumentContentProvider(SCHEME, this);
  }

  provideTextDocumentContent(uri: vscode.Uri): string {
    return this.#texts.get(uri.path) ?? '';
  }

  async compare(document: vscode.TextDocument, original: string): Promise<void> {
    const uri = document.uri.with({ scheme: SCHEME, query: String(document.version) });
    this.#texts.set(uri.path, original);
    const name = vscode.workspace.asRelativePath(document.uri, false);
    await vscode.commands.executeCommand(
      'vscode.diff',
      uri,
      document.uri,
      vscode.l10n.t("{0} (before ↔ Sage's edit)", name),
    );
  }

  forget(document: vscode.TextDocument): void {
    this.#texts.delete(document.uri.path);
  }
}
