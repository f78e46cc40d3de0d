import * as path from 'node:path';
import * as vscode from 'vscode';
import { workspaceRoot } from '../../infrastructure/paths';
import type { Signal } from '../../infrastructure/signal';
import type { McpFailure } from '../../protocol/bridge';
import type { SageServer } from '../../server/sageServer';
import { concernsEditorServers, tellEditorServers } from './editorServers';
import { McpServers } from './mcpServers';
import { McpView } from './mcpView';
import { ServerLogs } from './serverLogs';

/** What other parts of the extension need of MCP servers. */
export interface Mcp {
  readonly changed: Signal<void>;
  readonly failed: readonly McpFailure[];
  refresh(): Promise<void>;
  show(): Promise<void>;
}

/** The servers, their view and their logs. */
export function showMcpServers(
  context: vscode.ExtensionContext,
  server: SageServer,
  log: vscode.LogOutputChannel,
): Mcp {
  const servers = new McpServers(server, log);
  const logs = new ServerLogs(server);
  const view = new McpView(servers, logs, context.workspaceState);
  // What comes of it is not worth a server process that does not start.
  server.beforeUse((send) => tellEditorServers(context, send).catch((error) => log.error(error)));
  context.subscriptions.push(
    logs,
    view,
    vscode.workspace.onDidChangeConfiguration(async (change) => {
      if (concernsEditorServers(change) && server.state.kind === 'running') {
        await tellEditorServers(context, server.request).catch((error) => log.error(error));
      }
    }),
    ...watchFiles(context, () => servers.list !== null && void servers.refresh(), servers),
  );
  return {
    changed: servers.changed,
    get failed() {
      return servers.failed;
    },
    refresh: () => servers.refresh(),
    show: () => view.show(),
  };
}

/** Files that name servers: what they say counts when it is saved, and is shown then. */
function watchFiles(context: vscode.ExtensionContext, changed: () => void, servers: McpServers): vscode.Disposable[] {
  const root = workspaceRoot();
  const watchers = [
    ...(root === undefined ? [] : [new vscode.RelativePattern(root, '{.mcp.json,.vscode/mcp.json}')]),
    new vscode.RelativePattern(vscode.Uri.joinPath(context.globalStorageUri, '..', '..'), 'mcp.json'),
  ].map((pattern) => watch(pattern, changed));
  // Where the user's settings are is known when somebody has looked.
  const subscription = servers.changed.subscribe(() => {
    if (servers.list !== null) {
      subscription.dispose();
      const { userPath } = servers.list;
      watchers.push(watch(new vscode.RelativePattern(path.dirname(userPath), path.basename(userPath)), changed));
    }
  });
  return [subscription, { dispose: () => vscode.Disposable.from(...watchers).dispose() }];
}

function watch(pattern: vscode.RelativePattern, changed: () => void): vscode.Disposable {
  const watcher = vscode.workspace.createFileSystemWatcher(pattern);
  return vscode.Disposable.from(
    watcher,
    watcher.onDidChange(changed),
    watcher.onDidCreate(changed),
    watcher.onDidDelete(changed),
  );
}
