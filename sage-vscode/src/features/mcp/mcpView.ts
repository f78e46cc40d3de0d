import * as vscode from 'vscode';
import { messageOf } from '../../infrastructure/errors';
import type { McpServers } from './mcpServers';
import { openConfiguration, openProjectConfiguration, openUserConfiguration } from './openConfiguration';
import type { ServerLogs } from './serverLogs';
import { type McpNode, nodesOf, type ServerNode } from './serverNodes';

const VIEW = 'sage.mcp';
const SHOWN = 'sage.mcpShown';

/** The view *MCP Servers*: which there are, how they stand, and what each brings along. */
export class McpView implements vscode.Disposable {
  readonly #changed = new vscode.EventEmitter<void>();
  readonly #view: vscode.TreeView<McpNode>;
  readonly #parts: vscode.Disposable[];
  #nodes: readonly ServerNode[] = [];

  constructor(
    private readonly servers: McpServers,
    private readonly logs: ServerLogs,
    private readonly memory: vscode.Memento,
  ) {
    this.#view = vscode.window.createTreeView<McpNode>(VIEW, {
      treeDataProvider: {
        onDidChangeTreeData: this.#changed.event,
        getChildren: (node) => [...(node === undefined ? this.#nodes : node.kind === 'server' ? node.tools : [])],
        getTreeItem: itemOf,
      },
      manageCheckboxStateManually: true,
    });
    this.#parts = [
      this.#view,
      this.#changed,
      servers.changed.subscribe(() => this.#show()),
      this.#view.onDidChangeVisibility(({ visible }) => visible && void servers.look()),
      this.#view.onDidChangeCheckboxState(({ items }) => this.#setTools(items)),
      ...this.#registerCommands(),
    ];
    // Whoever has looked at it once finds it again.
    void this.#remember(memory.get(SHOWN, false));
  }

  dispose(): void {
    vscode.Disposable.from(...this.#parts).dispose();
  }

  /** Brings it into view. */
  async show(): Promise<void> {
    await this.#remember(true);
    await vscode.commands.executeCommand(`${VIEW}.focus`);
  }

  async #remember(shown: boolean): Promise<void> {
    await this.memory.update(SHOWN, shown);
    await vscode.commands.executeCommand('setContext', SHOWN, shown);
  }

  #registerCommands(): vscode.Disposable[] {
    const register = vscode.commands.registerCommand;
    const act = (run: (name: string) => Promise<void>) => (node: ServerNode) => attempt(() => run(node.server.name));
    return [
      register('sage.showMcpServers', () => this.show()),
      register('sage.mcp.hide', () => this.#remember(false)),
      register('sage.mcp.refresh', () => this.servers.look()),
      register(
        'sage.mcp.start',
        act((name) => this.servers.start(name)),
      ),
      register(
        'sage.mcp.stop',
        act((name) => this.servers.stop(name)),
      ),
      register(
        'sage.mcp.restart',
        act((name) => this.servers.restart(name)),
      ),
      register(
        'sage.mcp.showLog',
        act((name) => this.logs.show(name)),
      ),
      register('sage.mcp.openConfiguration', (node: ServerNode) =>
        attempt(() => openConfiguration(node.server.path, node.server.key)),
      ),
      register('sage.mcp.openProjectConfiguration', () =>
        attempt(async () => openProjectConfiguration(await this.#looked())),
      ),
      register('sage.mcp.openUserConfiguration', () =>
        attempt(async () => openUserConfiguration(await this.#looked())),
      ),
    ];
  }

  async #looked() {
    if (this.servers.list === null) {
      await this.servers.look();
    }
    return this.servers.list;
  }

  #setTools(items: readonly (readonly [McpNode, vscode.TreeItemCheckboxState])[]): void {
    for (const [node, state] of items) {
      if (node.kind === 'tool') {
        const enabled = state === vscode.TreeItemCheckboxState.Checked;
        void attempt(() => this.servers.setTool(node.server, node.tool.name, enabled));
      }
    }
  }

  #show(): void {
    const { list } = this.servers;
    this.#nodes = nodesOf(list?.servers ?? [], (moment) => new Date(moment).toLocaleTimeString(vscode.env.language));
    this.#view.message = (list?.problems ?? []).join('\n');
    this.#changed.fire();
  }
}

/** What cannot be done is said, in the words of whoever could not do it. */
async function attempt(run: () => Promise<void>): Promise<void> {
  try {
    await run();
  } catch (error) {
    void vscode.window.showErrorMessage(messageOf(error));
  }
}

function itemOf(node: McpNode): vscode.TreeItem {
  const { Collapsed, None } = vscode.TreeItemCollapsibleState;
  if (node.kind === 'tool') {
    const item = new vscode.TreeItem(node.tool.name, None);
    item.id = node.id;
    item.description = node.detail;
    item.tooltip = node.tool.description;
    item.checkboxState = node.tool.enabled
      ? vscode.TreeItemCheckboxState.Checked
      : vscode.TreeItemCheckboxState.Unchecked;
    item.contextValue = 'tool';
    return item;
  }
  const item = new vscode.TreeItem(node.server.key, node.tools.length > 0 ? Collapsed : None);
  item.id = node.id;
  item.description = node.detail;
  item.iconPath = new vscode.ThemeIcon(node.icon, new vscode.ThemeColor(node.color));
  item.tooltip = node.tooltip;
  item.contextValue = node.context;
  item.accessibilityInformation = { label: `${node.server.key}, ${node.detail}` };
  return item;
}
