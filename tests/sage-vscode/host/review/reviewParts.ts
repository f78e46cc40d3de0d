import { PendingFiles } from '../../../../sage-vscode/src/features/review/pendingFiles';
import { Reviewing } from '../../../../sage-vscode/src/features/review/reviewing';
import { Signal } from '../../../../sage-vscode/src/infrastructure/signal';
import type {
  EventEnvelope,
  LeftFile,
  PendingFile,
  PendingHunk,
  SessionEvent,
} from '../../../../sage-vscode/src/protocol/generated';
import { FakeServer, settle } from '../fakes/fakeServer';

export const hunk = (id: string, newStart = 0, more: Partial<PendingHunk> = {}): PendingHunk => ({
  id,
  oldStart: newStart,
  oldLines: 1,
  newStart,
  newLines: 1,
  turnId: 't1',
  callId: `call-${id}`,
  ...more,
});

export const file = (path: string, ...hunks: readonly PendingHunk[]): PendingFile => ({
  path,
  kind: 'modified',
  added: hunks.length,
  removed: hunks.length,
  hunks,
});

export const changed: SessionEvent = { type: 'fileChanged', callId: 'c', path: 'a.ts', kind: 'modified', hunks: [] };

/** What is to be reviewed, with a server whose answers the test gives and a clock that it moves. */
export function review({ current = null as string | null, remembered = null as string | null } = {}) {
  const server = new FakeServer();
  const opened = new Signal<{ sessionId: string; events: readonly EventEnvelope[] }>();
  const memory = { value: remembered };
  const timers: (() => void)[] = [];
  const pending = new PendingFiles(
    server,
    { current, opened },
    {
      get: () => memory.value,
      set: (value) => {
        memory.value = value;
      },
    },
    (run) => void timers.push(run),
  );
  const lists: string[][] = [];
  pending.changed.subscribe((files) => lists.push(files.map(({ path }) => path)));
  const asked: [places: number, verb: string][] = [];
  const told: LeftFile[] = [];
  const answers: boolean[] = [];
  const reviewing = new Reviewing(server, pending, {
    mayOverwrite: async (places, verb) => {
      asked.push([places, verb]);
      return answers.shift() ?? false;
    },
    tell: (left) => void told.push(...left),
  });
  const happen = (event: SessionEvent, sessionId = 's1') => server.events.emit({ sessionId, seq: 1, event });
  const open = (...events: SessionEvent[]) =>
    opened.emit({
      sessionId: 's1',
      events: events.map((event, index) => ({ sessionId: 's1', seq: index + 1, event })),
    });
  const answerList = async (...files: readonly PendingFile[]) => {
    server.take('sage/hunk/list').answer({ files });
    await settle();
    if (server.waiting.some(({ method }) => method === 'sage/checkpoint/list')) {
      server.take('sage/checkpoint/list').answer({ checkpoints: [{ turnId: 't1', prompt: 'Fix it', files: 1 }] });
      await settle();
    }
  };
  /** Shows the session with this in it. */
  const start = async (...files: readonly PendingFile[]) => {
    open(changed);
    await answerList(...files);
  };
  const pass = async () => {
    for (const run of timers.splice(0)) {
      run();
    }
    await settle();
  };
  return {
    pending,
    reviewing,
    server,
    opened,
    memory,
    lists,
    asked,
    told,
    answers,
    happen,
    open,
    answerList,
    start,
    pass,
  };
}
