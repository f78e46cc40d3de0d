import * as vscode from 'vscode';
import type { PendingRequest } from './pendingRequests';

/** What is asked, in one sentence. */
export function askedWords(request: PendingRequest): string {
  if (request.kind === 'question') {
    const { questions, from } = request.params;
    return from === undefined
      ? vscode.l10n.t('Sage asks: {0}', questions[0]?.text ?? '')
      : vscode.l10n.t('The MCP server {0} asks: {1}', from.server, from.message);
  }
  if (request.kind === 'plan') {
    return vscode.l10n.t('Sage has a plan for you to review.');
  }
  const { title, danger } = request.params;
  // The danger comes first, where a long command cannot push it out of sight.
  return danger === undefined
    ? vscode.l10n.t('Sage wants to: {0}', title)
    : vscode.l10n.t('Careful: {0} Sage wants to: {1}', danger, title);
}

/** Asks in a notification while the panel is out of sight, so that no approval is missed. */
export async function askInToast(request: PendingRequest, show: () => Promise<void>): Promise<void> {
  const allow = vscode.l10n.t('Allow');
  const deny = vscode.l10n.t('Deny');
  const open = vscode.l10n.t('Show');
  const words = askedWords(request);
  if (request.kind !== 'permission') {
    // To answer or to accept what one has not read would be no review.
    if ((await vscode.window.showInformationMessage(words, open)) === open) {
      await show();
    }
    return;
  }
  // Where there is a danger, the first button allows nothing.
  const choice = await (request.params.danger === undefined
    ? vscode.window.showInformationMessage(words, allow, deny, open)
    : vscode.window.showWarningMessage(words, open, deny, allow));
  if (choice === allow) {
    request.answer({ decision: 'allow', scope: 'once' });
  } else if (choice === deny) {
    request.answer({ decision: 'deny' });
  } else if (choice === open) {
    await show();
  }
}
