import * as vscode from 'vscode';
import type { RunningWork, RuntimeSnapshotResult } from '../../protocol/generated';

/** One line of the tree. */
export interface WorkNode {
  /** Stays the same while the work runs, so that the tree keeps what is open. */
  readonly id: string;
  readonly label: string;
  readonly detail: string;
  readonly icon: string;
  readonly children: readonly WorkNode[];
  /** Set for a turn: what to stop. */
  readonly sessionId?: string;
}

/** Everything that runs, as a tree. */
export function nodesOf({ work, sessions }: RuntimeSnapshotResult): readonly WorkNode[] {
  const ids = new Set(work.map(({ id }) => id));
  const waiting = new Map(sessions.map(({ sessionId, waitingPrompts }) => [sessionId, waitingPrompts]));
  const node = (item: RunningWork): WorkNode => ({
    id: `${item.id}`,
    label: item.what,
    detail: detailOf(item, waiting.get(item.sessionId ?? '') ?? 0),
    icon: item.state === 'waitingForUser' ? 'bell-dot' : icons[item.kind],
    children: work.filter((part) => part.parentId === item.id).map(node),
    ...(item.kind === 'turn' && item.sessionId !== undefined ? { sessionId: item.sessionId } : {}),
  });
  return work.filter((item) => item.parentId === undefined || !ids.has(item.parentId)).map(node);
}

/** What the server itself uses, in a line. */
export function summaryOf({ process, work }: RuntimeSnapshotResult): string {
  const megabytes = Math.round(process.workingSetBytes / 1024 / 1024);
  const running = work.length === 0 ? vscode.l10n.t('Nothing runs') : vscode.l10n.t('{0} running', work.length);
  return `${running} · ${vscode.l10n.t('server {0}, {1} MB', process.pid, megabytes)}`;
}

const icons: Readonly<Record<RunningWork['kind'], string>> = {
  turn: 'comment-discussion',
  modelRequest: 'cloud',
  toolCall: 'tools',
  process: 'terminal',
  inlineEdit: 'sparkle',
  backgroundTask: 'server-process',
};

const words = (): Readonly<Record<RunningWork['state'], string>> => ({
  running: '',
  connecting: vscode.l10n.t('waiting for the model'),
  backingOff: vscode.l10n.t('waiting to try again'),
  streaming: vscode.l10n.t('streaming'),
  waitingForCalls: vscode.l10n.t('waiting for earlier calls'),
  waitingForUser: vscode.l10n.t('waiting for you'),
  waitingForWorkspace: vscode.l10n.t('waiting for another session'),
  stopping: vscode.l10n.t('stopping'),
});

function detailOf({ state, ageMs, pid, kind }: RunningWork, waitingPrompts: number): string {
  const facts = [
    words()[state],
    ageOf(ageMs),
    pid === undefined ? '' : vscode.l10n.t('process {0}', pid),
    kind === 'turn' && waitingPrompts > 0 ? vscode.l10n.t('{0} waiting', waitingPrompts) : '',
  ];
  return facts.filter((fact) => fact !== '').join(' · ');
}

function ageOf(ms: number): string {
  const seconds = Math.floor(ms / 1000);
  return seconds < 60
    ? vscode.l10n.t('{0} s', seconds)
    : vscode.l10n.t('{0} min {1} s', Math.floor(seconds / 60), seconds % 60);
}
