import * as vscode from 'vscode';

/** What one may want to say next, by how an answer ended. `metadata` is an `Answer`, or what an older version kept. */
export function followupsOf(metadata: { readonly [key: string]: unknown } = {}): vscode.ChatFollowup[] {
  const { outcome, changed } = metadata;
  if (outcome === 'completed') {
    return changed === true
      ? [{ prompt: vscode.l10n.t('Write a test for it') }, { prompt: vscode.l10n.t('Explain what you changed') }]
      : [];
  }
  return outcome === undefined ? [] : [{ prompt: vscode.l10n.t('Go on where you stopped') }];
}
