import * as vscode from 'vscode';
import type { PendingRequest } from './pendingRequests';

/** Asks in a notification while the panel is out of sight, so that no approval is missed. */
export async function askInToast(request: PendingRequest, show: () => Promise<void>): Promise<void> {
  const allow = vscode.l10n.t('Allow');
  const deny = vscode.l10n.t('Deny');
  const open = vscode.l10n.t('Show');
  if (request.kind === 'question') {
    const question = request.params.questions[0]?.text ?? '';
    if ((await vscode.window.showInformationMessage(vscode.l10n.t('Sage asks: {0}', question), open)) === open) {
      await show();
    }
    return;
  }
  const title = vscode.l10n.t('Sage wants to: {0}', request.params.title);
  const choice = await vscode.window.showInformationMessage(title, allow, deny, open);
  if (choice === allow) {
    request.answer({ decision: 'allow', scope: 'once' });
  } else if (choice === deny) {
    request.answer({ decision: 'deny' });
  } else if (choice === open) {
    await show();
  }
}
