import type { ServerState } from '../../protocol/bridge';
import type { RunningWork, RuntimeSnapshotResult } from '../../protocol/generated';

/** What the editor can say about itself and about Sage in it. */
export interface EditorFacts {
  readonly extensionVersion: string;
  /** Name and version. */
  readonly editor: string;
  /** `desktop` or `web`. */
  readonly ui: string;
  /** What kind of remote, such as `ssh-remote`. */
  readonly remoteName: string | undefined;
  readonly os: string;
  readonly node: string;
  readonly trusted: boolean;
  readonly workspaceFolders: number;
  readonly server: ServerState | { readonly kind: 'idle' };
  /** Null when no server runs. */
  readonly snapshot: RuntimeSnapshotResult | 'late' | { readonly failure: string } | null;
  /** One line for each that differs from its default. */
  readonly settings: readonly string[];
}

/** All of it as plain text. Names of sessions and what runs are left out: they may hold prompts and command lines. */
export function textOf(facts: EditorFacts): string {
  const { server } = facts;
  return [
    `extension:  sage ${facts.extensionVersion}`,
    `editor:     ${facts.editor}, ${facts.ui}, remote: ${facts.remoteName ?? 'none'}`,
    `system:     ${facts.os}, Node.js ${facts.node}`,
    `workspace:  ${facts.trusted ? 'trusted' : 'not trusted'}, ${facts.workspaceFolders} folders`,
    `server:     ${server.kind}${server.kind === 'stopped' ? `: ${server.message}` : ''}`,
    '',
    'Settings that differ from their defaults:',
    ...listOf(facts.settings),
    '',
    'What the server does:',
    ...listOf(workLines(facts.snapshot)),
  ].join('\n');
}

function workLines(snapshot: EditorFacts['snapshot']): readonly string[] {
  if (snapshot === null) {
    return ['no server runs'];
  }
  if (snapshot === 'late') {
    return ['the server did not say within 2 s'];
  }
  if ('failure' in snapshot) {
    return [`the server did not say: ${snapshot.failure}`];
  }
  const { process, sessions, work } = snapshot;
  const megabytes = (bytes: number) => `${Math.round(bytes / 1024 / 1024)} MB`;
  return [
    `sage ${process.version}, process ${process.pid}, up ${seconds(process.uptimeMs)}, ${megabytes(process.workingSetBytes)} ` +
      `(${megabytes(process.heapBytes)} managed), ${process.threadCount} threads, ${process.pendingWorkItems} waiting for one`,
    ...sessions.map(
      ({ running, waitingPrompts, unsentEvents }) =>
        `session: ${running ? 'running' : 'quiet'}, ${waitingPrompts} prompts waiting, ${unsentEvents} events unsent`,
    ),
    ...work.map((item) => `${'  '.repeat(depthOf(item, work))}${workLine(item)}`),
  ];
}

function workLine({ kind, state, ageMs, pid }: RunningWork): string {
  return [kind, state, seconds(ageMs), ...(pid === undefined ? [] : [`process ${pid}`])].join(', ');
}

/** A parent stands before its parts, so this ends. */
function depthOf(item: RunningWork, work: readonly RunningWork[]): number {
  const before = work.slice(0, work.indexOf(item));
  const parent = before.find(({ id }) => id === item.parentId);
  return parent === undefined ? 0 : 1 + depthOf(parent, before);
}

function seconds(ms: number): string {
  return `${(ms / 1000).toFixed(1)} s`;
}

function listOf(lines: readonly string[]): readonly string[] {
  return lines.length === 0 ? ['- none'] : lines.map((line) => `- ${line}`);
}
