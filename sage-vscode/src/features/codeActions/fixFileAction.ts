import * as vscode from 'vscode';

// Not below `source.fixAll`: who has that run on save does not want a prompt to be sent.
const KIND = vscode.CodeActionKind.Source.append('sage.fixFile');

/** Among the source actions, where a file has problems: all of them at once. */
export class FixFileAction implements vscode.CodeActionProvider {
  static readonly metadata: vscode.CodeActionProviderMetadata = { providedCodeActionKinds: [KIND] };

  provideCodeActions(
    { uri }: vscode.TextDocument,
    _range: vscode.Range,
    { only }: vscode.CodeActionContext,
  ): vscode.CodeAction[] {
    const isShown = vscode.workspace.getConfiguration('sage', uri).get('codeActions.enabled', true);
    if (!isShown || only === undefined || !only.contains(KIND) || !hasProblems(uri)) {
      return [];
    }
    const title = vscode.l10n.t('Ask Sage: Fix All Problems in This File');
    const action = new vscode.CodeAction(title, KIND);
    action.command = { title, command: 'sage.fixFile', arguments: [uri] };
    return [action];
  }
}

function hasProblems(uri: vscode.Uri): boolean {
  return vscode.languages.getDiagnostics(uri).some(({ severity }) => severity <= vscode.DiagnosticSeverity.Warning);
}
