import * as vscode from 'vscode';
import type { Activity, ActivitySnapshot } from '../../infrastructure/activity';
import { isUnprotected, protectionWords } from './protectionWords';

/** The status bar item: what Sage is doing, what protects from it, and a click away from the chat. */
export function showStatus(activity: Activity): vscode.Disposable {
  const item = vscode.window.createStatusBarItem('sage.status', vscode.StatusBarAlignment.Right, 100);
  item.name = 'Sage';
  item.command = 'sage.focusChat';
  const update = (snapshot: ActivitySnapshot) => {
    const { text, tooltip, warning } = describe(snapshot);
    const words = [tooltip, ...protectionWords(snapshot)];
    item.text = isUnprotected(snapshot) && !warning ? `${text} $(unlock)` : text;
    item.tooltip = new vscode.MarkdownString().appendMarkdown(words.map(escapeMarkdown).join('\n\n'));
    item.accessibilityInformation = { label: words.join(' '), role: 'button' };
    item.backgroundColor =
      warning || isUnprotected(snapshot) ? new vscode.ThemeColor('statusBarItem.warningBackground') : undefined;
  };
  update(activity.snapshot);
  item.show();
  return vscode.Disposable.from(item, activity.changed.subscribe(update));
}

/** Words of the system (what a kernel lacks) are no Markdown. */
function escapeMarkdown(text: string): string {
  return text.replace(/[\\`*_{}[\]()#+.!|<>~-]/g, '\\$&');
}

function describe({ server, problem, runningTurns, waitingRequests }: ActivitySnapshot) {
  if (server === 'stopped') {
    return { text: '$(error) Sage', tooltip: problem ?? vscode.l10n.t('Sage is stopped'), warning: true };
  }
  if (waitingRequests > 0) {
    const tooltip = vscode.l10n.t('Sage waits for your answer');
    return { text: `$(bell-dot) ${vscode.l10n.t('Sage: answer needed')}`, tooltip, warning: true };
  }
  if (runningTurns > 0) {
    const count = runningTurns > 1 ? ` ${runningTurns}` : '';
    return { text: `$(loading~spin) Sage${count}`, tooltip: vscode.l10n.t('Sage is working'), warning: false };
  }
  if (server === 'starting') {
    return { text: '$(loading~spin) Sage', tooltip: vscode.l10n.t('Sage is starting'), warning: false };
  }
  return { text: '$(sparkle) Sage', tooltip: vscode.l10n.t('Open the Sage chat'), warning: false };
}
