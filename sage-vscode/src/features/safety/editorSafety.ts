import * as vscode from 'vscode';
import type { Activity } from '../../infrastructure/activity';
import { workspaceRoot } from '../../infrastructure/paths';
import { Signal } from '../../infrastructure/signal';
import type { Server } from '../../server/requests';
import { Safety } from './safety';

/** Safety as the editor knows it: its trust, the project's settings file, the status bar. */
export function editorSafety(
  context: vscode.ExtensionContext,
  server: Server,
  activity: Activity,
  log: vscode.LogOutputChannel,
): Safety {
  const trustChanged = new Signal<void>();
  const safety = new Safety(
    server,
    {
      get granted() {
        return vscode.workspace.isTrusted;
      },
      changed: trustChanged,
      manage: async () => {
        await vscode.commands.executeCommand('workbench.trust.manage');
      },
    },
    log,
  );
  activity.update({ trusted: vscode.workspace.isTrusted });
  safety.protectionChanged.subscribe((protection) => activity.update({ protection }));
  context.subscriptions.push(
    vscode.workspace.onDidGrantWorkspaceTrust(() => {
      activity.update({ trusted: true });
      trustChanged.emit();
    }),
    ...watchSettings(() => void safety.refresh()),
  );
  return safety;
}

/** What a project offers is shown again when it changes. */
function watchSettings(changed: () => void): vscode.Disposable[] {
  const root = workspaceRoot();
  if (root === undefined) {
    return [];
  }
  const watcher = vscode.workspace.createFileSystemWatcher(
    new vscode.RelativePattern(root, '{.sage/settings.json,.mcp.json,.vscode/mcp.json}'),
  );
  return [watcher, watcher.onDidChange(changed), watcher.onDidCreate(changed), watcher.onDidDelete(changed)];
}
