import { expect, test } from 'vitest';
import { textOf } from '../../../../sage-vscode/src/features/report/editorFacts';
import type { RuntimeSnapshotResult } from '../../../../sage-vscode/src/protocol/generated';
import { quiet } from './facts';

const snapshot: RuntimeSnapshotResult = {
  process: {
    pid: 4711,
    version: '0.1.0',
    uptimeMs: 61_500,
    workingSetBytes: 30 * 1024 * 1024,
    heapBytes: 4 * 1024 * 1024,
    threadCount: 4,
    pendingWorkItems: 0,
  },
  sessions: [{ sessionId: 'session-one', running: true, waitingPrompts: 2, unsentEvents: 7 }],
  work: [
    { id: 1, kind: 'turn', what: 'Turn t1', state: 'running', ageMs: 5_000, sessionId: 'session-one' },
    { id: 2, parentId: 1, kind: 'toolCall', what: 'run_command: curl -H secret', state: 'running', ageMs: 4_000 },
    { id: 3, parentId: 2, kind: 'process', what: 'curl -H secret', state: 'running', ageMs: 3_960, pid: 12 },
  ],
};

test('a quiet editor says what it is and that nothing runs', () => {
  expect(textOf(quiet)).toBe(
    [
      'extension:  sage 0.1.0',
      'editor:     Code 1.106.0 (desktop), desktop, remote: none',
      'system:     linux 6.1.0 x64, Node.js 22.0.0',
      'workspace:  trusted, 1 folders',
      'server:     idle',
      '',
      'Settings that differ from their defaults:',
      '- none',
      '',
      'What the server does:',
      '- no server runs',
    ].join('\n'),
  );
});

test('what runs is told by its kind, state, age and process, and never by what it is', () => {
  const text = textOf({ ...quiet, server: { kind: 'running' }, snapshot });
  expect(text.split('What the server does:\n')[1]?.split('\n')).toEqual([
    '- sage 0.1.0, process 4711, up 61.5 s, 30 MB (4 MB managed), 4 threads, 0 waiting for one',
    '- session: running, 2 prompts waiting, 7 events unsent',
    '- turn, running, 5.0 s',
    '-   toolCall, running, 4.0 s',
    '-     process, running, 4.0 s, process 12',
  ]);
  expect(text).not.toMatch(/curl|secret|session-one|Turn t1/);
});

test('a server that is stopped, late or unwilling is told as such', () => {
  const stopped = { kind: 'stopped', message: 'It stopped too often.', canRestart: true } as const;
  expect(textOf({ ...quiet, server: stopped })).toContain('server:     stopped: It stopped too often.');
  expect(textOf({ ...quiet, snapshot: 'late' })).toContain('- the server did not say within 2 s');
  expect(textOf({ ...quiet, snapshot: { failure: 'not now' } })).toContain('- the server did not say: not now');
});
