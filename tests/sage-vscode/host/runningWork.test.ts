import { expect, test } from 'vitest';
import { nodesOf, summaryOf } from '../../../sage-vscode/src/features/runningWork/workNodes';
import type { RunningWork, RuntimeSnapshotResult } from '../../../sage-vscode/src/protocol/generated';

const process = {
  pid: 4711,
  version: '0.1.0',
  uptimeMs: 1,
  workingSetBytes: 30 * 1024 * 1024,
  heapBytes: 1,
  threadCount: 4,
  pendingWorkItems: 0,
};

const item = (id: number, change: Partial<RunningWork>): RunningWork => ({
  id,
  kind: 'toolCall',
  what: `work ${id}`,
  state: 'running',
  ageMs: 0,
  sessionId: 's1',
  ...change,
});

test('what runs is a tree, with what each thing waits for and how long', () => {
  const snapshot: RuntimeSnapshotResult = {
    process,
    sessions: [{ sessionId: 's1', running: true, waitingPrompts: 2, unsentEvents: 0 }],
    work: [
      item(1, { kind: 'turn', what: 'Turn t1', ageMs: 61_000 }),
      item(2, { parentId: 1, what: 'run_command: npm test', ageMs: 5_900 }),
      item(3, { parentId: 2, kind: 'process', what: 'npm test', pid: 12, ageMs: 5_000 }),
      item(4, { parentId: 1, what: 'edit_file: Edit a.ts', state: 'waitingForUser' }),
      item(5, { kind: 'inlineEdit', state: 'streaming' }),
    ],
  };
  const lines = (nodes: ReturnType<typeof nodesOf>, depth = 0): string[] =>
    nodes.flatMap(({ label, detail, icon, children }) => [
      `${' '.repeat(depth)}${icon} ${label} (${detail})`,
      ...lines(children, depth + 1),
    ]);
  expect(lines(nodesOf(snapshot))).toEqual([
    'comment-discussion Turn t1 (1 min 1 s · 2 waiting)',
    ' tools run_command: npm test (5 s)',
    '  terminal npm test (5 s · process 12)',
    ' bell-dot edit_file: Edit a.ts (waiting for you · 0 s)',
    'sparkle work 5 (streaming · 0 s)',
  ]);
  expect(nodesOf(snapshot).map(({ sessionId }) => sessionId)).toEqual(['s1', undefined]);
  expect(summaryOf(snapshot)).toBe('5 running · server 4711, 30 MB');
  expect(summaryOf({ ...snapshot, work: [] })).toBe('Nothing runs · server 4711, 30 MB');
});
