import { expect, test } from 'vitest';
import { type OpenedSession, Sessions } from '../../../../sage-vscode/src/features/sessions/sessions';
import { ErrorCodes, type EventEnvelope } from '../../../../sage-vscode/src/protocol/generated';
import { FakeServer, settle } from '../fakes/fakeServer';

const notice = (sessionId: string, seq: number): EventEnvelope => ({
  sessionId,
  seq,
  event: { type: 'notice', text: `${seq}` },
});
const delta = (sessionId: string, offset: number): EventEnvelope => ({
  sessionId,
  event: { type: 'textDelta', replyId: 'r', offset, text: 'x' },
});

function sessions(remembered: string | null = null) {
  const server = new FakeServer();
  const memory = { value: remembered };
  const subject = new Sessions(server, {
    get: () => memory.value,
    set: (value) => {
      memory.value = value;
    },
  });
  const opened: OpenedSession[] = [];
  const events: EventEnvelope[] = [];
  const rejected: string[] = [];
  const running: number[] = [];
  subject.opened.subscribe((session) => opened.push(session));
  subject.events.subscribe((event) => events.push(event));
  subject.rejected.subscribe(({ message }) => rejected.push(message));
  subject.runningChanged.subscribe((count) => running.push(count));
  return { subject, server, memory, opened, events, rejected, running };
}

const text = [{ type: 'text', text: 'hello' }] as const;

test('a session is made on the first send, and remembered', async () => {
  const { subject, server, memory, opened, running } = sessions();
  const turn = subject.send(text, 'ask');
  server.take('sage/session/create').answer({ sessionId: 's1' });
  await settle();
  expect(memory.value).toBe('s1');
  server.take('sage/session/open').answer({ sessionId: 's1', events: [notice('s1', 1)], running: false });
  await settle();
  expect(opened).toEqual([{ sessionId: 's1', events: [notice('s1', 1)], running: true }]);
  const run = server.take('sage/turn/run');
  expect(run.params).toEqual({ sessionId: 's1', input: text, mode: 'ask' });
  expect(running).toEqual([1]);
  run.answer({ outcome: 'completed' });
  await turn;
  expect(running).toEqual([1, 0]);
});

test('the remembered session is opened again', async () => {
  const { subject, server, opened } = sessions('s1');
  const shown = subject.show();
  const session = { sessionId: 's1', events: [notice('s1', 1)], running: false };
  server.take('sage/session/open').answer(session);
  await shown;
  expect(opened).toEqual([session]);
});

test('a remembered session that no longer exists is forgotten', async () => {
  const { subject, server, memory, opened } = sessions('gone');
  const shown = subject.show();
  server.take('sage/session/open').fail(Object.assign(new Error('unknown'), { code: ErrorCodes.unknownSession }));
  await shown;
  expect(memory.value).toBeNull();
  expect(opened).toEqual([{ sessionId: '', events: [], running: false }]);
});

test('events of other sessions do not reach the panel', async () => {
  const { subject, server, events } = sessions('s1');
  const shown = subject.show();
  server.take('sage/session/open').answer({ sessionId: 's1', events: [], running: false });
  await shown;
  server.events.emit(notice('s2', 1));
  server.events.emit(notice('s1', 1));
  expect(events).toEqual([notice('s1', 1)]);
});

test('what is streamed while a session is opened is shown once, after its transcript', async () => {
  const { subject, server, opened, events } = sessions('s1');
  const shown = subject.show();
  server.events.emit(delta('s1', 0));
  server.events.emit(notice('s1', 2));
  server.events.emit(delta('s1', 1));
  server.events.emit(notice('s1', 3));
  expect(events).toEqual([]);
  server.take('sage/session/open').answer({
    sessionId: 's1',
    events: [notice('s1', 1), notice('s1', 2)],
    running: true,
  });
  await shown;
  expect(opened).toHaveLength(1);
  expect(events).toEqual([delta('s1', 1), notice('s1', 3)]);
});

test('a gap in the numbers makes the panel load the session again', async () => {
  const { subject, server, opened, events } = sessions('s1');
  const shown = subject.show();
  server.take('sage/session/open').answer({ sessionId: 's1', events: [notice('s1', 1)], running: true });
  await shown;
  server.events.emit(notice('s1', 3));
  const whole = { sessionId: 's1', events: [1, 2, 3].map((seq) => notice('s1', seq)), running: true };
  server.take('sage/session/open').answer(whole);
  await settle();
  expect(opened.at(-1)).toEqual(whole);
  expect(events).toEqual([]);
});

test('stop cancels the turn of the current session only', async () => {
  const { subject, server } = sessions('s1');
  void subject.send(text, 'ask');
  await settle();
  const first = server.take('sage/turn/run');
  void subject.open('s2');
  void subject.send(text, 'ask');
  await settle();
  const second = server.take('sage/turn/run');
  subject.stop();
  expect([first.signal?.aborted, second.signal?.aborted]).toEqual([false, true]);
});

test('a prompt without a folder to work in is rejected for that reason', async () => {
  const { subject, server } = sessions(null);
  const reasons: (string | undefined)[] = [];
  subject.rejected.subscribe(({ reason }) => reasons.push(reason));
  const sent = subject.send([{ type: 'text', text: 'hi' }], 'ask');
  server
    .take('sage/session/create')
    .fail(Object.assign(new Error('No folder is open.'), { code: ErrorCodes.noWorkspace }));
  await sent;
  expect(reasons).toEqual(['noFolder']);
});

test('a second prompt in a running session is rejected in words', async () => {
  const { subject, server, rejected, running } = sessions('s1');
  void subject.send(text, 'ask');
  await subject.send(text, 'ask');
  expect(rejected).toEqual([expect.stringContaining('still running')]);
  expect(running).toEqual([1]);
  subject.stop();
  expect(server.take('sage/turn/run').signal?.aborted).toBe(true);
});

test('a turn that the server refuses is told, and counts no more', async () => {
  const { subject, server, rejected, running } = sessions('s1');
  const turn = subject.send(text, 'ask');
  await settle();
  server.take('sage/turn/run').fail(new Error('No model is configured.'));
  await turn;
  expect(rejected).toEqual(['No model is configured.']);
  expect(running).toEqual([1, 0]);
});

test('after a crash the session is opened again by itself', async () => {
  const { subject, server, opened } = sessions('s1');
  const shown = subject.show();
  server.take('sage/session/open').answer({ sessionId: 's1', events: [], running: true });
  await shown;
  server.become({ kind: 'starting' });
  server.become({ kind: 'running' });
  server.take('sage/session/open').answer({ sessionId: 's1', events: [notice('s1', 1)], running: false });
  await settle();
  expect(opened).toHaveLength(2);
});

test('a turn that died with the server is told after its session is shown again', async () => {
  const { subject, server, opened, rejected, running } = sessions('s1');
  const shown = subject.show();
  server.take('sage/session/open').answer({ sessionId: 's1', events: [], running: false });
  await shown;
  const turn = subject.send(text, 'ask');
  await settle();
  server.become({ kind: 'starting' });
  server.take('sage/turn/run').fail(new Error('Pending response rejected since connection got disposed'));
  await turn;
  expect(rejected).toEqual([]);
  server.become({ kind: 'running' });
  server.take('sage/session/open').answer({ sessionId: 's1', events: [], running: false });
  await settle();
  expect(opened).toHaveLength(2);
  expect(rejected).toEqual([expect.stringContaining('has been started again')]);
  expect(running).toEqual([1, 0]);
});

test('the first start does not open the session twice', async () => {
  const { subject, server } = sessions('s1');
  void subject.show();
  server.become({ kind: 'running' });
  await settle();
  expect(server.waiting.map(({ method }) => method)).toEqual(['sage/session/open']);
});

test('a new session is empty at once and made later', () => {
  const { subject, server, memory, opened } = sessions('s1');
  subject.startNew();
  expect(memory.value).toBeNull();
  expect(opened).toEqual([{ sessionId: '', events: [], running: false }]);
  expect(server.waiting).toEqual([]);
});

const accepted = (id: string, seq: number): EventEnvelope => ({
  sessionId: 's1',
  seq,
  event: { type: 'steer', id, state: 'accepted', kind: 'queue', input: text },
});

async function running() {
  const parts = sessions('s1');
  const shown = parts.subject.show();
  parts.server.take('sage/session/open').answer({ sessionId: 's1', events: [], running: false });
  await shown;
  const turn = parts.subject.send(text, 'plan');
  await settle();
  return { ...parts, turn, run: parts.server.take('sage/turn/run') };
}

test('what waits is sent one after the other when a turn completes, in the mode of that turn', async () => {
  const { subject, server, turn, run } = await running();
  const said = subject.say('q1', 'queue', text, 'plan');
  server.take('sage/turn/queue').answer({});
  await said;
  server.events.emit(accepted('q1', 1));
  server.events.emit(accepted('q2', 2));
  server.events.emit({ sessionId: 's1', seq: 3, event: { type: 'queueReordered', ids: ['q2'] } });
  run.answer({ outcome: 'completed' });
  await settle();
  const second = server.take('sage/turn/run');
  expect(second.params).toEqual({ sessionId: 's1', input: [], mode: 'plan', queuedId: 'q2' });
  server.events.emit({
    sessionId: 's1',
    seq: 4,
    event: { type: 'turnStarted', turnId: 't2', prompt: 'hello', mode: 'plan', model: 'm', queuedId: 'q2' },
  });
  second.answer({ outcome: 'interrupted' });
  await turn;
  expect(server.waiting).toEqual([]);
  const next = subject.runNext('ask');
  const third = server.take('sage/turn/run');
  expect(third.params).toEqual({ sessionId: 's1', input: [], mode: 'ask', queuedId: 'q1' });
  third.answer({ outcome: 'failed' });
  await next;
});

test('a steer that comes too late becomes a turn of its own', async () => {
  const { subject, server, turn, run } = await running();
  const said = subject.say('s', 'steer', text, 'plan');
  const refused = Object.assign(new Error('No turn is running.'), { code: ErrorCodes.noTurnRunning });
  server.take('sage/turn/steer').fail(refused);
  await settle();
  run.answer({ outcome: 'completed' });
  await turn;
  server.take('sage/turn/queue').answer({});
  await settle();
  const second = server.take('sage/turn/run');
  expect(second.params).toEqual({ sessionId: 's1', input: [], mode: 'plan', queuedId: 's' });
  second.answer({ outcome: 'failed' });
  await said;
});

test('words that could not be taken are given back', async () => {
  const { subject, server } = await running();
  const lost: unknown[] = [];
  subject.rejected.subscribe((rejection) => lost.push(rejection));
  const said = subject.say('s', 'queue', text, 'plan');
  server.take('sage/turn/queue').fail(new Error('The disk is full.'));
  await said;
  expect(lost).toEqual([{ sessionId: 's1', message: 'The disk is full.', input: text }]);
});

test('a second stop kills', async () => {
  const { subject, server, run } = await running();
  subject.stop();
  expect(run.signal?.aborted).toBe(true);
  expect(server.waiting).toEqual([]);
  subject.stop();
  expect(server.take('sage/turn/kill').params).toEqual({ sessionId: 's1' });
});

test('what is delivered at that moment is no mistake of the user', async () => {
  const { subject, server } = await running();
  const removed = subject.removeQueued('q1');
  server.take('sage/turn/removeQueued').fail(Object.assign(new Error('delivered'), { code: ErrorCodes.notWaiting }));
  await expect(removed).resolves.toBeUndefined();
});

const suspended = { sessionId: 's1', events: [accepted('q1', 1)], running: false, suspended: true };

test('a turn that was cut off while it asked goes on by itself, and then what waits', async () => {
  const { subject, server, opened, rejected } = sessions('s1');
  void subject.show();
  server.take('sage/session/open').answer(suspended);
  await settle();
  expect(opened).toEqual([{ ...suspended, running: true }]);
  const resume = server.take('sage/turn/resume');
  expect(resume.params).toEqual({ sessionId: 's1' });
  subject.stop();
  expect(resume.signal?.aborted).toBe(true);
  resume.answer({ outcome: 'completed' });
  await settle();
  expect(server.take('sage/turn/run').params).toEqual({ sessionId: 's1', input: [], queuedId: 'q1' });
  expect(rejected).toEqual([]);
});

test('a turn that cannot go on says why and is not shown as running', async () => {
  const { subject, server, opened, rejected } = sessions('s1');
  void subject.show();
  server.take('sage/session/open').answer(suspended);
  await settle();
  server.take('sage/turn/resume').fail(new Error('No model is configured.'));
  await settle();
  expect(opened.map(({ running }) => running)).toEqual([true, false]);
  expect(rejected).toEqual(['No model is configured.']);
});

test('a session that another window has can be read, says so, and is not gone on with', async () => {
  const { subject, server, opened, rejected } = sessions('s1');
  void subject.show();
  server.take('sage/session/open').answer({ ...suspended, readOnly: true });
  await settle();
  expect(opened.map(({ running }) => running)).toEqual([false]);
  expect(rejected).toEqual([expect.stringContaining('open in another window')]);
  expect(server.waiting).toEqual([]);
});

test('a conversation that is too short to be made shorter says so', async () => {
  const { subject, server } = sessions('s1');
  void subject.show();
  server.take('sage/session/open').answer({ sessionId: 's1', events: [], running: false });
  const first = subject.compact();
  await settle();
  server.take('sage/session/compact').answer({ compacted: true, tokensBefore: 9, tokensAfter: 3 });
  await first;
  const second = subject.compact();
  await settle();
  server.take('sage/session/compact').answer({ compacted: false, tokensBefore: 3, tokensAfter: 3 });
  await expect(second).rejects.toThrow('nothing to leave out');
});

test('a fork is opened in the place of the session, from its end or from an event', async () => {
  const { subject, server, memory, opened } = sessions('s1');
  const forked = subject.fork('s1', 7);
  const request = server.take('sage/session/fork');
  expect(request.params).toEqual({ sessionId: 's1', atSeq: 7 });
  request.answer({ sessionId: 's2', title: 'Hello (fork)' });
  await settle();
  server.take('sage/session/open').answer({ sessionId: 's2', events: [], running: false });
  expect(await forked).toBe('Hello (fork)');
  expect(memory.value).toBe('s2');
  expect(opened.at(-1)?.sessionId).toBe('s2');
  void subject.fork('s2');
  expect(server.take('sage/session/fork').params).toEqual({ sessionId: 's2' });
});

test('older events are asked of the server, and change nothing here', async () => {
  const { subject, server, events } = sessions('s1');
  const page = subject.page('s1', 9);
  const request = server.take('sage/session/page');
  expect(request.params).toEqual({ sessionId: 's1', beforeSeq: 9 });
  request.answer({ events: [notice('s1', 8)] });
  expect(await page).toEqual([notice('s1', 8)]);
  expect(events).toEqual([]);
});
