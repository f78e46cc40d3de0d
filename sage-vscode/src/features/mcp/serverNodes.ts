import * as vscode from 'vscode';
import type { McpServerState, McpServerSummary, McpToolSummary } from '../../protocol/generated';

/** One line of the tree: a server, or a tool of one. */
export type McpNode = ServerNode | ToolNode;

export interface ServerNode {
  readonly kind: 'server';
  /** Two files may name a server alike; one of the two is left out, and stands there as well. */
  readonly id: string;
  readonly server: McpServerSummary;
  readonly detail: string;
  readonly icon: string;
  /** The name of a colour of the theme. */
  readonly color: string;
  readonly tooltip: string;
  /** What can be done with it, as menus ask for it. */
  readonly context: string;
  readonly tools: readonly ToolNode[];
}

export interface ToolNode {
  readonly kind: 'tool';
  readonly id: string;
  readonly server: string;
  readonly tool: McpToolSummary;
  readonly detail: string;
}

/** @param timeOf How a moment is written. */
export function nodesOf(
  servers: readonly McpServerSummary[],
  timeOf: (moment: string) => string,
): readonly ServerNode[] {
  return servers.map((server) => {
    const id = `${server.path}#${server.key}`;
    return {
      kind: 'server',
      id,
      server,
      detail: detailOf(server),
      ...looks[server.state],
      tooltip: tooltipOf(server, timeOf),
      context: contextOf(server),
      tools: server.tools.map((tool) => ({
        kind: 'tool',
        id: `${id}#${tool.name}`,
        server: server.name,
        tool,
        detail: vscode.l10n.t('{0} tokens', `${tool.tokens}`),
      })),
    };
  });
}

const looks: Readonly<Record<McpServerState, { readonly icon: string; readonly color: string }>> = {
  ready: { icon: 'circle-filled', color: 'testing.iconPassed' },
  failed: { icon: 'circle-filled', color: 'testing.iconFailed' },
  starting: { icon: 'loading~spin', color: 'testing.iconQueued' },
  stopped: { icon: 'circle-outline', color: 'testing.iconSkipped' },
  disabled: { icon: 'circle-slash', color: 'testing.iconSkipped' },
  waitingForConsent: { icon: 'bell-dot', color: 'testing.iconQueued' },
};

function detailOf({ state, tools, reason }: McpServerSummary): string {
  switch (state) {
    case 'ready': {
      const on = tools.filter(({ enabled }) => enabled);
      const tokens = on.reduce((sum, tool) => sum + tool.tokens, 0);
      return on.length === tools.length
        ? vscode.l10n.t('{0} tools, {1} tokens', `${tools.length}`, `${tokens}`)
        : vscode.l10n.t('{0} of {1} tools, {2} tokens', `${on.length}`, `${tools.length}`, `${tokens}`);
    }
    case 'starting':
      return vscode.l10n.t('is started');
    case 'failed':
      return reason ?? vscode.l10n.t('failed');
    case 'stopped':
      return reason ?? vscode.l10n.t('stopped');
    case 'disabled':
      return vscode.l10n.t('disabled');
    case 'waitingForConsent':
      return vscode.l10n.t('waits for you to agree');
    default:
      return state satisfies never;
  }
}

function tooltipOf({ what, place, reason, restartsAt }: McpServerSummary, timeOf: (moment: string) => string): string {
  const lines = [
    what,
    vscode.l10n.t('From {0}', place),
    reason ?? '',
    restartsAt === undefined ? '' : vscode.l10n.t('It is started again at {0}.', timeOf(restartsAt)),
  ];
  return lines.filter((line) => line !== '').join('\n');
}

/** Words between bars: `|stoppable|logged|`. */
function contextOf({ state, what, reason }: McpServerSummary): string {
  const canRun = what !== '';
  // Without trust nothing starts, whoever asks.
  const isStopped = state === 'stopped' && reason === undefined;
  const words = [
    ...(isStopped || (state === 'failed' && canRun) ? ['startable'] : []),
    ...(state === 'ready' || state === 'starting' || (state === 'failed' && canRun) ? ['stoppable'] : []),
    ...(state === 'ready' || state === 'starting' ? ['restartable'] : []),
    ...(canRun && state !== 'disabled' && state !== 'waitingForConsent' ? ['logged'] : []),
    ...(state === 'waitingForConsent' ? ['asking'] : []),
    'server',
  ];
  return `|${words.join('|')}|`;
}
