import { expect, test } from 'vitest';
import { Conversations, type Stage } from '../../../../sage-vscode/src/features/participant/conversation';
import { followupsOf } from '../../../../sage-vscode/src/features/participant/followups';
import { lastThread, type Thread } from '../../../../sage-vscode/src/features/participant/threads';
import { Sessions } from '../../../../sage-vscode/src/features/sessions/sessions';
import { Signal } from '../../../../sage-vscode/src/infrastructure/signal';
import { ErrorCodes, type PermissionMode, type SessionEvent } from '../../../../sage-vscode/src/protocol/generated';
import { coded, FakeServer, settle } from '../fakes/fakeServer';

const usage = { inputTokens: 1, outputTokens: 1 };
const input = [{ type: 'text', text: 'hello' }] as const;
const completed = { outcome: 'completed', usage };

function conversations() {
  const server = new FakeServer();
  const sessions = new Sessions(server, { get: () => null, set: () => {} });
  const asked = new Signal<{ sessionId: string; words: string }>();
  const running: number[] = [];
  const rejected: string[] = [];
  sessions.runningChanged.subscribe((count) => running.push(count));
  sessions.rejected.subscribe(({ message }) => rejected.push(message));
  const lines: string[] = [];
  const stage: Stage = {
    show: (piece) => lines.push(piece.kind === 'markdown' ? piece.text : `${piece.kind}`),
    waiting: (sessionId, words) => lines.push(`${sessionId} waits: ${words}`),
    summary: (_, plan, files) => lines.push(`${plan.length} steps, ${files.size} files`),
  };
  const stop = new AbortController();
  const memory = { ends: {} as Readonly<Record<string, number>> };
  const subject = new Conversations(
    { server, sessions, asked, mode: () => 'autoEdit' },
    {
      get: () => memory.ends,
      set: (ends) => {
        memory.ends = ends;
      },
    },
  );
  const answer = (thread: Thread | null, mode?: PermissionMode, opening: string | null = null) =>
    subject.answer({ words: 'hello', attached: [], thread, opening, ...(mode && { mode }) }, stage, stop.signal);
  const happen = (sessionId: string, seq: number, event: SessionEvent) => server.events.emit({ sessionId, seq, event });
  return { server, sessions, asked, running, rejected, lines, memory, stop, answer, happen };
}

const said = (text: string): SessionEvent => ({ type: 'replyEnded', replyId: text, stopReason: 'endTurn', text });

test('the first prompt makes a session, which the panel does not show, and runs in its mode', async () => {
  const { server, sessions, running, lines, answer, happen } = conversations();
  const done = answer(null);
  server.take('sage/session/create').answer({ sessionId: 's1' });
  await settle();
  const run = server.take('sage/turn/run');
  expect(run.params).toEqual({ sessionId: 's1', input, mode: 'autoEdit' });
  happen('s2', 1, said('Elsewhere.'));
  happen('s1', 7, said('Hello.'));
  happen('s1', 8, { type: 'fileChanged', callId: 'c', path: 'a.ts', kind: 'modified', hunks: [] });
  run.answer(completed);
  expect(await done).toEqual({ sessionId: 's1', seq: 8, outcome: 'completed', changed: true });
  expect(lines).toEqual(['Hello.', 'changed', '0 steps, 1 files']);
  expect(sessions.current).toBeNull();
  expect(running).toEqual([1, 0]);
});

test('the next prompt goes on in the same session, in plan mode when it is asked for', async () => {
  const { server, answer } = conversations();
  void answer({ sessionId: 's1', seq: 8 }, 'plan');
  await settle();
  expect(server.take('sage/turn/run').params).toEqual({ sessionId: 's1', input, mode: 'plan' });
});

test('who goes back in the chat goes on in a fork, who goes on elsewhere does not', async () => {
  const { server, answer, happen } = conversations();
  const first = answer({ sessionId: 's1', seq: 8 });
  await settle();
  happen('s1', 12, said('Later.'));
  server.take('sage/turn/run').answer(completed);
  expect((await first).seq).toBe(12);
  // The panel went on from there.
  happen('s1', 20, said('Later still.'));
  void answer({ sessionId: 's1', seq: 12 });
  await settle();
  server.take('sage/turn/run');
  void answer({ sessionId: 's1', seq: 8 });
  await settle();
  const fork = server.take('sage/session/fork');
  expect(fork.params).toEqual({ sessionId: 's1', atSeq: 8 });
  fork.answer({ sessionId: 's3', title: 'Fork' });
  await settle();
  expect(server.take('sage/turn/run').params).toMatchObject({ sessionId: 's3' });
});

test('where a chat stood is known after a restart, of the sessions that were used last', async () => {
  const { server, memory, answer } = conversations();
  memory.ends = Object.fromEntries(Array.from({ length: 100 }, (_, index) => [`old${index}`, 5]));
  void answer({ sessionId: 'old0', seq: 3 });
  await settle();
  server.take('sage/session/fork').answer({ sessionId: 's2', title: 'Fork' });
  await settle();
  server.take('sage/turn/run').answer(completed);
  await settle();
  expect(Object.keys(memory.ends)).toHaveLength(100);
  expect(memory.ends).toMatchObject({ s2: 3, old1: 5 });
  expect(memory.ends).not.toHaveProperty('old0');
});

test('a session that is gone is said, and another one begun', async () => {
  const { server, lines, answer } = conversations();
  void answer({ sessionId: 'gone', seq: 3 });
  await settle();
  server.take('sage/turn/run').fail(coded(ErrorCodes.unknownSession));
  await settle();
  server.take('sage/session/create').answer({ sessionId: 's2' });
  await settle();
  expect(server.take('sage/turn/run').params).toMatchObject({ sessionId: 's2' });
  expect(lines).toEqual(['0 steps, 0 files', 'notice']);
});

test('Stop of the chat and Stop of the panel both cancel the request', async () => {
  const { server, sessions, stop, answer } = conversations();
  const done = answer(null);
  server.take('sage/session/create').answer({ sessionId: 's1' });
  await settle();
  const run = server.take('sage/turn/run');
  stop.abort();
  expect(run.signal?.aborted).toBe(true);
  run.answer({ outcome: 'interrupted', usage });
  expect(await done).toEqual({ sessionId: 's1', seq: 0, outcome: 'interrupted', changed: false });

  const other = conversations();
  const again = other.answer(null);
  other.server.take('sage/session/create').answer({ sessionId: 's1' });
  await settle();
  const stopped = other.server.take('sage/turn/run');
  other.sessions.stop('s1');
  expect(stopped.signal?.aborted).toBe(true);
  stopped.answer({ outcome: 'interrupted', usage });
  expect(await again).toMatchObject({ outcome: 'interrupted', problem: 'Stopped' });
  expect(sessions.current).toBeNull();
});

test('behind a first answer that was stopped the chat goes on in its session, and a new chat with the same words does not', async () => {
  const { server, stop, answer } = conversations();
  stop.abort();
  const done = answer(null);
  server.take('sage/session/create').answer({ sessionId: 's1' });
  await settle();
  server.take('sage/turn/run').answer({ outcome: 'interrupted', usage });
  await done;
  void answer(null, undefined, 'hello');
  await settle();
  expect(server.take('sage/turn/run').params).toMatchObject({ sessionId: 's1' });
  void answer(null);
  expect(server.take('sage/session/create')).toBeDefined();
});

test('a prompt that comes while the one before is stopping waits for its end', async () => {
  const { server, stop, answer } = conversations();
  const first = answer(null);
  server.take('sage/session/create').answer({ sessionId: 's1' });
  await settle();
  const run = server.take('sage/turn/run');
  stop.abort();
  void answer(null, undefined, 'hello');
  await settle();
  expect(server.waiting).toEqual([]);
  run.answer({ outcome: 'interrupted', usage });
  await first;
  await settle();
  expect(server.take('sage/turn/run').params).toMatchObject({ sessionId: 's1' });
});

test('why a turn did not do what it was asked is said in the chat, not in the panel', async () => {
  const results = [
    [{ outcome: 'failed', usage, error: { code: 'network', message: 'No answer.', retryable: true } }, 'No answer.'],
    [{ outcome: 'budgetExceeded', usage }, 'Stopped: the budget is used up'],
    [{ outcome: 'maxSteps', usage }, 'Stopped: the limit of steps is reached'],
    [new Error('The server is gone.'), 'The server is gone.'],
  ] as const;
  for (const [result, problem] of results) {
    const { server, rejected, answer } = conversations();
    const done = answer(null);
    server.take('sage/session/create').answer({ sessionId: 's1' });
    await settle();
    const run = server.take('sage/turn/run');
    if (result instanceof Error) {
      run.fail(result);
    } else {
      run.answer(result);
    }
    expect(await done).toMatchObject({ problem });
    expect(rejected).toEqual([]);
  }
});

test('a question of this session is shown in its chat', async () => {
  const { server, asked, lines, answer } = conversations();
  void answer(null);
  server.take('sage/session/create').answer({ sessionId: 's1' });
  await settle();
  asked.emit({ sessionId: 's2', words: 'Elsewhere' });
  asked.emit({ sessionId: 's1', words: 'Sage wants to: Edit a.ts' });
  expect(lines).toEqual(['s1 waits: Sage wants to: Edit a.ts']);
});

test('what was queued in the panel meanwhile runs when the turn has ended', async () => {
  const { server, answer, happen } = conversations();
  const done = answer(null);
  server.take('sage/session/create').answer({ sessionId: 's1' });
  await settle();
  happen('s1', 4, { type: 'steer', id: 'q', state: 'accepted', kind: 'queue', input });
  server.take('sage/turn/run').answer(completed);
  await done;
  expect(server.take('sage/turn/run').params).toMatchObject({ sessionId: 's1', input: [], queuedId: 'q' });
});

test('a chat is found again by its last answer', () => {
  const turn = (participant: string, metadata?: Record<string, unknown>) => ({
    participant,
    ...(metadata && { result: { metadata } }),
  });
  const history = [
    turn('sage.agent', { sessionId: 's1', seq: 3 }),
    turn('sage.agent', { sessionId: 's1', seq: 9 }),
    turn('other', { sessionId: 'x', seq: 1 }),
  ];
  expect(lastThread(history)).toEqual({ sessionId: 's1', seq: 9 });
  // Of an answer that was stopped the editor keeps nothing; it is no reason to fork.
  expect(lastThread([...history, turn('sage.agent')])).toEqual({ sessionId: 's1', seq: 0 });
  expect(lastThread([turn('sage.agent', { sessionId: 1 })])).toBeNull();
});

test('what to say next depends on how it went', () => {
  const prompts = (metadata?: { [key: string]: unknown }) => followupsOf(metadata).map(({ prompt }) => prompt);
  expect(prompts({ outcome: 'completed', changed: true })).toEqual(['Write a test for it', 'Explain what you changed']);
  expect(prompts({ outcome: 'completed', changed: false })).toEqual([]);
  expect(prompts({ outcome: 'maxSteps', changed: true })).toEqual(['Go on where you stopped']);
  expect(prompts()).toEqual([]);
});
