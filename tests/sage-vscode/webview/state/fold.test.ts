import { describe, expect, test } from 'vitest';
import type { EventEnvelope, FilesRestored } from '../../../../sage-vscode/src/protocol/generated';
import { emptyLive, emptyTranscript, type Transcript } from '../../../../sage-vscode/webview/state/chatState';
import { foldEvents } from '../../../../sage-vscode/webview/state/fold';
import { fullSession, SessionScript } from '../fakes/events';

const oneByOne = (events: readonly EventEnvelope[], start: Transcript = emptyTranscript) =>
  events.reduce((transcript, envelope) => foldEvents(transcript, [envelope]), start);
const kinds = (transcript: Transcript) => transcript.items.map((item) => `${item.kind}:${item.id}`);
const tool = (transcript: Transcript, id: string) => {
  const found = transcript.items.find((item) => item.kind === 'tool' && item.id === id);
  if (found?.kind !== 'tool') {
    throw new Error(`No call ${id}`);
  }
  return found;
};

/** Small, seeded, good enough to shuffle with. */
function random(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state * 1_664_525 + 1_013_904_223) % 4_294_967_296;
    return state / 4_294_967_296;
  };
}

describe('Replay and stream', () => {
  test('A session that was streamed looks the same as one that is replayed', () => {
    const script = fullSession();
    expect(foldEvents(emptyTranscript, script.events)).toEqual(foldEvents(emptyTranscript, script.durable));
  });

  test('It does not matter how events are batched', () => {
    const { events } = fullSession();
    expect(oneByOne(events)).toEqual(foldEvents(emptyTranscript, events));
  });

  test('At every moment, a reload shows what the stream showed, but for what is in flight', () => {
    const { events } = fullSession();
    for (let end = 1; end <= events.length; end++) {
      const seen = events.slice(0, end);
      const streamed = foldEvents(emptyTranscript, seen);
      const replayed = foldEvents(
        emptyTranscript,
        seen.filter((envelope) => envelope.seq !== undefined),
      );
      const settled = streamed.items.filter((item) => item.kind !== 'reply' || item.stopReason !== null);
      expect(settled).toEqual(replayed.items.filter((item) => item.kind !== 'reply' || item.stopReason !== null));
      expect({ ...streamed, items: [], live: emptyLive }).toEqual({ ...replayed, items: [], live: emptyLive });
    }
  });

  test('Folding changes nothing of what was folded before', () => {
    const { events } = fullSession();
    const half = foldEvents(emptyTranscript, events.slice(0, 30));
    const copy = structuredClone(half);
    foldEvents(half, events.slice(30));
    expect(half).toEqual(copy);
  });
});

describe('Events more than once, or in the wrong order', () => {
  test('An event that is known changes nothing', () => {
    const { events } = fullSession();
    const doubled = events.flatMap((envelope) => [envelope, envelope]);
    expect(foldEvents(emptyTranscript, doubled)).toEqual(foldEvents(emptyTranscript, events));
    const done = foldEvents(emptyTranscript, events);
    expect(foldEvents(done, events)).toEqual(done);
  });

  test('Durable events that come too early wait for those before them', () => {
    const { durable } = fullSession();
    const expected = foldEvents(emptyTranscript, durable);
    for (let seed = 1; seed <= 50; seed++) {
      const next = random(seed);
      const [first, ...rest] = durable;
      const shuffled = rest.map((envelope) => ({ envelope, at: next() })).sort((a, b) => a.at - b.at);
      const events = [first, ...shuffled.map((entry) => entry.envelope)].filter((envelope) => envelope !== undefined);
      // What begins a session is taken at once; the rest of this test is about what follows it.
      const start = foldEvents(emptyTranscript, durable.slice(0, 2));
      expect(oneByOne(events, start)).toEqual(expected);
    }
  });

  test('A missing event holds back what follows until it comes', () => {
    const script = new SessionScript().created().turn().call('a').result('a');
    const [created, turn, call, result] = script.durable as [
      EventEnvelope,
      EventEnvelope,
      EventEnvelope,
      EventEnvelope,
    ];
    const waiting = foldEvents(emptyTranscript, [created, turn, result]);
    expect(waiting.held).toHaveLength(1);
    expect(kinds(waiting)).toEqual(['user:turn-1']);
    const complete = foldEvents(waiting, [call]);
    expect(complete.held).toEqual([]);
    expect(tool(complete, 'a').status).toBe('ok');
  });

  test('Deltas that are repeated or early give the same text', () => {
    const script = new SessionScript().created().turn();
    const base = foldEvents(emptyTranscript, script.events);
    const delta = (offset: number, text: string): EventEnvelope => ({
      sessionId: script.sessionId,
      event: { type: 'textDelta', replyId: 'r', offset, text },
    });
    const folded = oneByOne(
      [delta(0, 'Hello'), delta(9, 'ld'), delta(5, ' wor'), delta(3, 'lo w'), delta(11, '!')],
      base,
    );
    expect(folded.live.replies.r?.text.text).toBe('Hello world!');
  });

  test('What comes after the end is not taken for something new', () => {
    const script = fullSession();
    const done = foldEvents(emptyTranscript, script.events);
    const late: EventEnvelope[] = [
      { sessionId: script.sessionId, event: { type: 'textDelta', replyId: 'reply-3', offset: 0, text: 'late' } },
      { sessionId: script.sessionId, event: { type: 'toolOutput', callId: 'e', offset: 0, text: 'late' } },
      { sessionId: script.sessionId, event: { type: 'toolCallDelta', callId: 'e', name: 'run_command', delta: '{}' } },
      { sessionId: script.sessionId, event: { type: 'toolCallSettled', callId: 'e', status: 'ok', durationMs: 1 } },
    ];
    expect(foldEvents(done, late)).toEqual(done);
  });

  test('Events of another session are left alone', () => {
    const mine = foldEvents(emptyTranscript, fullSession().events);
    const other = new SessionScript('other').created().turn('x').events;
    expect(foldEvents(mine, other)).toEqual(mine);
  });
});

describe('Calls', () => {
  test('Calls that run at once are shown at once, in the order of the model', () => {
    const script = new SessionScript().created().turn().call('a').call('b').call('c');
    script.stream({ type: 'toolOutput', callId: 'b', offset: 0, text: 'from b' });
    script.stream({ type: 'toolCallSettled', callId: 'c', status: 'ok', durationMs: 7 });
    const transcript = foldEvents(emptyTranscript, script.events);
    expect(kinds(transcript)).toEqual(['user:turn-1', 'reply:reply-1', 'tool:a', 'tool:b', 'tool:c']);
    expect(['a', 'b', 'c'].map((id) => tool(transcript, id).status)).toEqual(['running', 'running', 'running']);
    expect(transcript.live.outputs.b?.text).toBe('from b');
    expect(transcript.live.settled.c).toEqual({ status: 'ok', durationMs: 7 });
  });

  test('A reply stands before its calls even when its words come later', () => {
    const script = new SessionScript().created().turn().call('a').reply('reply-1', 'Let me see.');
    expect(kinds(foldEvents(emptyTranscript, script.events))).toEqual(['user:turn-1', 'reply:reply-1', 'tool:a']);
  });

  test('Arguments are shown while they are written, until the call starts', () => {
    const script = new SessionScript().created().turn();
    script.stream({ type: 'toolCallDelta', callId: 'a', name: 'write_file', delta: '{"pa' });
    script.stream({ type: 'toolCallDelta', callId: 'a', name: 'write_file', delta: 'th":"x"' });
    const writing = foldEvents(emptyTranscript, script.events);
    expect(writing.live.drafts).toEqual([{ callId: 'a', name: 'write_file', json: '{"path":"x"' }]);
    script.call('a', 'write_file');
    expect(foldEvents(emptyTranscript, script.events).live.drafts).toEqual([]);
  });

  test('A call waits from the question to the answer', () => {
    const script = new SessionScript().created().turn().call('a', 'run_command');
    script.add({ type: 'permissionAsked', callId: 'a', rule: 'run_command(ls)' });
    const asked = foldEvents(emptyTranscript, script.events);
    expect(tool(asked, 'a').status).toBe('waiting');
    script.add({
      type: 'permissionAnswered',
      callId: 'a',
      decision: 'allow',
      scope: 'session',
      rule: 'run_command(ls)',
    });
    const answered = foldEvents(emptyTranscript, script.events);
    expect(tool(answered, 'a').status).toBe('running');
    expect(tool(answered, 'a').answer?.scope).toBe('session');
  });

  test.each(['ok', 'error', 'denied', 'timedOut', 'cancelled', 'crashed'] as const)(
    'A call can end as %s',
    (status) => {
      const script = new SessionScript().created().turn().call('a').result('a', status, 'text', 12);
      expect(tool(foldEvents(emptyTranscript, script.events), 'a')).toMatchObject({
        status,
        text: 'text',
        durationMs: 12,
      });
    },
  );

  test('Endless output keeps its end only', () => {
    const script = new SessionScript().created().turn().call('a', 'run_command');
    let offset = 0;
    for (let i = 0; i < 20_000; i++) {
      const text = `line ${i}\n`;
      script.stream({ type: 'toolOutput', callId: 'a', offset, text });
      offset += text.length;
    }
    const output = foldEvents(emptyTranscript, script.events).live.outputs.a;
    expect(output?.text.length).toBeLessThan(50_000);
    expect(output?.text.endsWith('line 19999\n')).toBe(true);
    expect(output?.cut).toBe(true);
    expect(output?.end).toBe(offset);
  });
});

describe('Turns', () => {
  test('A turn runs from its start to its end', () => {
    const script = new SessionScript().created().turn();
    expect(foldEvents(emptyTranscript, script.events).running).toBe(true);
    script.end();
    const ended = foldEvents(emptyTranscript, script.events);
    expect(ended.running).toBe(false);
    expect(ended.live).toEqual(emptyLive);
  });

  test('The end of a turn knows what it was asked, for Retry', () => {
    const script = new SessionScript().created();
    script.add({
      type: 'turnStarted',
      turnId: 'turn-1',
      prompt: 'Look',
      mode: 'ask',
      model: 'm',
      attachments: [{ type: 'file', path: 'a.ts' }],
    });
    script.end('turn-1', 'failed');
    expect(foldEvents(emptyTranscript, script.events).items.at(-1)).toMatchObject({
      kind: 'turnEnd',
      outcome: 'failed',
      input: [
        { type: 'text', text: 'Look' },
        { type: 'file', path: 'a.ts' },
      ],
    });
  });

  test('The plan, the usage and the notices of a session are kept, and that it has changed something', () => {
    const script = fullSession();
    const first = foldEvents(emptyTranscript, script.events);
    expect(first.plan).toEqual([{ text: 'Edit', status: 'in_progress' }]);
    expect(first.usage).toEqual({ inputTokens: 100, outputTokens: 20 });
    expect(first.hasChanges).toBe(true);
    expect(first.items.some((item) => item.kind === 'notice')).toBe(true);
    const other = new SessionScript().created().turn();
    expect(foldEvents(emptyTranscript, other.events).hasChanges).toBe(false);
  });

  const restored = (restoreId: string, more: Partial<FilesRestored> = {}): FilesRestored => ({
    type: 'filesRestored',
    restoreId,
    kind: 'undone',
    files: [{ path: 'src/a.ts', kind: 'modified', hunks: [] }],
    ...more,
  });

  test('What was restored stands where it happened, with the prompt it went back to and the reason it was given', () => {
    const script = new SessionScript().created().turn('turn-1', 'Fix it').end('turn-1').turn('turn-2').end('turn-2');
    script.add(restored('u1', { kind: 'restored', turnId: 'turn-1' }));
    script.add(restored('u2', { reason: 'Too clever.' }));
    const { items } = foldEvents(emptyTranscript, script.events);
    expect(items.slice(-2)).toMatchObject([
      { kind: 'restore', id: 'u1', what: 'restored', prompt: 'Fix it', reason: null },
      { kind: 'restore', id: 'u2', what: 'undone', prompt: null, reason: 'Too clever.' },
    ]);
  });

  test('The last of what was taken back can be redone, and the one before it when it was', () => {
    const script = new SessionScript().created().turn().add(restored('u1')).add(restored('u2'));
    expect(foldEvents(emptyTranscript, script.events).redoable).toEqual(['u1', 'u2']);
    script.add(restored('u3', { kind: 'redone', undoes: 'u2' }));
    expect(foldEvents(emptyTranscript, script.events).redoable).toEqual(['u1']);
    script.add({ type: 'hunksKept', files: [] });
    expect(foldEvents(emptyTranscript, script.events).redoable).toEqual(['u1']);
  });

  test('A retry is shown until the next sign of life', () => {
    const script = new SessionScript().created().turn();
    script.stream({ type: 'retrying', attempt: 2, delayMs: 4000, reason: 'Overloaded' });
    expect(foldEvents(emptyTranscript, script.events).live.retrying?.attempt).toBe(2);
    script.deltas('reply-1', 'Here');
    expect(foldEvents(emptyTranscript, script.events).live.retrying).toBeNull();
  });

  test('An event of a newer server is passed over', () => {
    const script = new SessionScript().created().turn();
    const base = foldEvents(emptyTranscript, script.events);
    const unknown = {
      sessionId: script.sessionId,
      seq: 3,
      event: { type: 'somethingNew' },
    } as unknown as EventEnvelope;
    expect(foldEvents(base, [unknown])).toEqual({ ...base, lastSeq: 3 });
  });
});

test('A line of a command file is a call that no reply has made', () => {
  const { events } = new SessionScript()
    .created()
    .turn('t1')
    .call('t1_1', 'run_command', { command: 'git status' }, 't1')
    .result('t1_1')
    .reply('r1', 'Fine.')
    .end('t1');
  const items = foldEvents(emptyTranscript, events).items.map(({ kind, id }) => `${kind}:${id}`);
  expect(items.slice(0, 3)).toEqual(['user:t1', 'tool:t1_1', 'reply:r1']);
});

test('What a tool had a model asked is part of the cost, and not of what the conversation takes', () => {
  const usage = { inputTokens: 9_000, outputTokens: 10, cost: 0.25 };
  const script = new SessionScript().created().turn();
  script.add({ type: 'modelAsked', callId: 'c1', model: 'p/small', usage });
  script.add({ type: 'subagent', callId: 'c2', event: { type: 'modelAsked', callId: 'c3', model: 'p/small', usage } });
  const transcript = foldEvents(emptyTranscript, script.events);
  expect(transcript.cost).toBe(0.5);
  expect(transcript.usage).toBeNull();
});
