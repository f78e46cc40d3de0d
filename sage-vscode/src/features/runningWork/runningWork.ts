import * as vscode from 'vscode';
import { Methods } from '../../protocol/generated';
import type { Server } from '../../server/requests';
import { nodesOf, summaryOf, type WorkNode } from './workNodes';

const VIEW = 'sage.runningWork';
const REFRESH_MS = 1_000;

/** The view *Running Work*: what the server does at this moment. It asks only while somebody looks. */
export function showRunningWork(server: Server, stop: (sessionId: string) => void): vscode.Disposable {
  const changed = new vscode.EventEmitter<void>();
  let nodes: readonly WorkNode[] = [];
  let timer: NodeJS.Timeout | undefined;
  const view = vscode.window.createTreeView<WorkNode>(VIEW, {
    treeDataProvider: {
      onDidChangeTreeData: changed.event,
      getChildren: (node) => [...(node?.children ?? nodes)],
      getTreeItem: itemOf,
    },
  });

  const refresh = async () => {
    // Looking must not start a server: without one nothing runs.
    const snapshot =
      server.state.kind === 'running' ? await server.request(Methods.runtimeSnapshot, {}).catch(() => null) : null;
    nodes = snapshot === null ? [] : nodesOf(snapshot);
    view.message = snapshot === null ? vscode.l10n.t('Nothing runs: the server is not started.') : summaryOf(snapshot);
    changed.fire();
    if (view.visible) {
      timer = setTimeout(() => void refresh(), REFRESH_MS);
    }
  };
  const restart = () => {
    clearTimeout(timer);
    if (view.visible) {
      void refresh();
    }
  };
  const show = async () => {
    await vscode.commands.executeCommand('setContext', 'sage.runningWorkShown', true);
    await vscode.commands.executeCommand(`${VIEW}.focus`);
  };
  return vscode.Disposable.from(
    view,
    changed,
    view.onDidChangeVisibility(restart),
    vscode.commands.registerCommand('sage.showRunningWork', show),
    vscode.commands.registerCommand(
      'sage.runningWork.stop',
      (node: WorkNode) => node.sessionId && stop(node.sessionId),
    ),
    { dispose: () => clearTimeout(timer) },
  );
}

function itemOf({ id, label, detail, icon, children, sessionId }: WorkNode): vscode.TreeItem {
  const { Expanded, None } = vscode.TreeItemCollapsibleState;
  const item = new vscode.TreeItem(label, children.length > 0 ? Expanded : None);
  item.id = id;
  item.description = detail;
  item.iconPath = new vscode.ThemeIcon(icon);
  item.tooltip = label;
  if (sessionId !== undefined) {
    item.contextValue = 'turn';
  }
  return item;
}
