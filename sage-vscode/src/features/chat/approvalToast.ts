import * as vscode from 'vscode';
import type { PendingRequest } from './pendingRequests';

/** Asks in a notification while the panel is out of sight, so that no approval is missed. */
export async function askInToast(request: PendingRequest, show: () => Promise<void>): Promise<void> {
  const allow = vscode.l10n.t('Allow');
  const deny = vscode.l10n.t('Deny');
  const open = vscode.l10n.t('Show');
  if (request.kind === 'question') {
    const { questions, from } = request.params;
    const words =
      from === undefined
        ? vscode.l10n.t('Sage asks: {0}', questions[0]?.text ?? '')
        : vscode.l10n.t('The MCP server {0} asks: {1}', from.server, from.message);
    if ((await vscode.window.showInformationMessage(words, open)) === open) {
      await show();
    }
    return;
  }
  if (request.kind === 'plan') {
    // To accept what one has not read would be no review.
    const plan = vscode.l10n.t('Sage has a plan for you to review.');
    if ((await vscode.window.showInformationMessage(plan, open)) === open) {
      await show();
    }
    return;
  }
  const { title, danger } = request.params;
  // The danger comes first, where a long command cannot push it out of sight, and the first button allows nothing.
  const choice = await (danger === undefined
    ? vscode.window.showInformationMessage(vscode.l10n.t('Sage wants to: {0}', title), allow, deny, open)
    : vscode.window.showWarningMessage(
        vscode.l10n.t('Careful: {0} Sage wants to: {1}', danger, title),
        open,
        deny,
        allow,
      ));
  if (choice === allow) {
    request.answer({ decision: 'allow', scope: 'once' });
  } else if (choice === deny) {
    request.answer({ decision: 'deny' });
  } else if (choice === open) {
    await show();
  }
}
