import * as vscode from 'vscode';

const SEEN = 'sage.seen';

/**
 * Shows the chat without being asked, without taking the focus: once after Sage was installed, and once in a folder
 * whose secondary side bar would open empty. VS Code opens that bar for its own chat, also where that chat is off.
 */
export function showAtFirstSight(context: vscode.ExtensionContext, show: () => Thenable<void>): void {
  const isNew = context.globalState.get(SEEN) === undefined;
  const isNewHere = context.workspaceState.get(SEEN) === undefined;
  void context.globalState.update(SEEN, true);
  void context.workspaceState.update(SEEN, true);
  if (isNew || (isNewHere && sideBarOpensEmpty())) {
    void show();
  }
}

function sideBarOpensEmpty(): boolean {
  const settings = vscode.workspace.getConfiguration();
  const visibility = settings.get<string>('workbench.secondarySideBar.defaultVisibility', 'visibleInWorkspace');
  const opens = visibility.endsWith('InWorkspace')
    ? vscode.workspace.workspaceFolders !== undefined
    : visibility !== 'hidden';
  return opens && settings.get('chat.disableAIFeatures', false);
}
