import { describe, expect, test } from 'vitest';
import type { SessionEvent, SteerState } from '../../../../sage-vscode/src/protocol/generated';
import { emptyTranscript, initialState, type Transcript } from '../../../../sage-vscode/webview/state/chatState';
import { foldEvents } from '../../../../sage-vscode/webview/state/fold';
import { reduce } from '../../../../sage-vscode/webview/state/reducer';
import { SessionScript } from '../fakes/events';

const inside = (callId: string, event: SessionEvent): SessionEvent => ({ type: 'subagent', callId, event });
const started = (callId: string, title: string): SessionEvent => ({
  type: 'toolCallStarted',
  callId,
  replyId: 'r1',
  name: 'grep',
  title,
  input: {},
});
const toolOf = (transcript: Transcript, id: string) => {
  const item = transcript.items.find((candidate) => candidate.kind === 'tool' && candidate.id === id);
  return item?.kind === 'tool' ? item : undefined;
};
const subagentOf = (transcript: Transcript, id: string) => toolOf(transcript, id)?.inside;

function twoAtOnce(): SessionScript {
  return new SessionScript()
    .created()
    .turn()
    .call('a', 'run_subagent', { kind: 'explore', task: 'look' })
    .call('b', 'run_subagent', { kind: 'general', task: 'do' })
    .add(inside('a', { type: 'replyEnded', replyId: 'r1', stopReason: 'toolCalls', text: 'Looking.' }))
    .add(inside('b', started('x', 'Search b')))
    .add(inside('a', started('x', 'Search a')))
    .add(inside('a', { type: 'toolCallEnded', callId: 'x', status: 'ok', text: 'found', durationMs: 2 }));
}

describe('What happens inside a sub-agent', () => {
  test('stands in its own card, not in the conversation', () => {
    const transcript = foldEvents(emptyTranscript, twoAtOnce().events);
    expect(transcript.items.map((item) => item.kind)).toEqual(['user', 'reply', 'tool', 'tool']);
    expect(subagentOf(transcript, 'a')).toEqual({
      steps: 1,
      lines: [
        { kind: 'words', id: 'r1', text: 'Looking.' },
        { kind: 'call', id: 'x', name: 'grep', title: 'Search a', status: 'ok', text: 'found' },
      ],
    });
    expect(subagentOf(transcript, 'b')?.lines).toMatchObject([{ title: 'Search b', status: 'running' }]);
  });

  test('is cut off with its call', () => {
    const transcript = foldEvents(emptyTranscript, twoAtOnce().result('a').result('b', 'crashed').events);
    expect(subagentOf(transcript, 'b')?.lines).toMatchObject([{ title: 'Search b', status: 'cancelled' }]);
  });

  test('costs what the session costs, and does not fill the context of the agent', () => {
    const usage = { inputTokens: 900, outputTokens: 1, cachedInputTokens: 0, reasoningTokens: 0, cacheWriteTokens: 0 };
    const script = twoAtOnce().add(inside('a', { type: 'usage', replyId: 'r1', usage: { ...usage, cost: 0.25 } }));
    const transcript = foldEvents(emptyTranscript, script.events);
    expect(transcript.cost).toBe(0.25);
    expect(transcript.usage).toBeNull();
  });

  test('is the same event by event, and after a reload', () => {
    const { events } = twoAtOnce().result('a').result('b');
    const oneByOne = events.reduce((transcript, event) => foldEvents(transcript, [event]), emptyTranscript);
    expect(oneByOne).toEqual(foldEvents(emptyTranscript, events));
  });

  test('shows the words of the user where its model has read them, and drops those it did not read', () => {
    const say = (id: string, state: SteerState, text?: string): SessionEvent =>
      inside('b', {
        type: 'steer',
        id,
        state,
        kind: 'steer',
        ...(text === undefined ? {} : { input: [{ type: 'text', text }] }),
      });
    const script = twoAtOnce()
      .add(say('w1', 'accepted', 'only the tests'))
      .add(inside('b', { type: 'replyEnded', replyId: 'r1', stopReason: 'toolCalls', text: 'Hm.' }))
      .add(say('w1', 'delivered', 'only the tests'))
      .add(say('w2', 'accepted', 'and quick'));
    const lines = () => subagentOf(foldEvents(emptyTranscript, script.events), 'b')?.lines.slice(1);
    expect(lines()).toEqual([
      { kind: 'words', id: 'r1', text: 'Hm.' },
      { kind: 'steer', id: 'w1', state: 'delivered', text: 'only the tests' },
      { kind: 'steer', id: 'w2', state: 'accepted', text: 'and quick' },
    ]);
    script.result('a').result('b', 'cancelled');
    expect(lines()?.at(-1)).toMatchObject({ id: 'w2', state: 'dropped' });
  });

  test('is shown while it is said', () => {
    const script = twoAtOnce();
    const delta = (offset: number, text: string) => ({
      sessionId: script.events[0]?.sessionId ?? '',
      event: { type: 'subagentDelta', callId: 'b', replyId: 'r2', offset, text } as const,
    });
    let transcript = foldEvents(emptyTranscript, [...script.events, delta(6, 'there'), delta(0, 'I see ')]);
    expect(transcript.live.inside.b?.text.text).toBe('I see there');
    const before = script.events.length;
    script.add(inside('b', { type: 'replyEnded', replyId: 'r2', stopReason: 'endTurn', text: 'I see there' }));
    transcript = foldEvents(transcript, script.events.slice(before));
    expect(transcript.live.inside.b).toBeUndefined();
  });
});

describe('A sub-agent in the background', () => {
  const beside = () =>
    twoAtOnce()
      .add({ type: 'backgroundStarted', taskId: 'b1', callId: 'b', title: 'general: do', subagent: 'general' })
      .result('a')
      .result('b');

  test('goes on in its card when its call has its result, and its turn has ended', () => {
    const script = beside().end().turn();
    script.add(inside('b', { type: 'toolCallEnded', callId: 'x', status: 'ok', text: 'found', durationMs: 2 }));
    script.add(inside('b', started('y', 'Search more')));
    const transcript = foldEvents(emptyTranscript, script.events);
    expect(subagentOf(transcript, 'b')?.lines).toMatchObject([{ status: 'ok' }, { status: 'running' }]);
    expect(transcript.background).toMatchObject([{ id: 'b1', callId: 'b', subagent: 'general', open: ['y'] }]);
    expect(toolOf(transcript, 'b')?.beside).toBe('working');
  });

  test('is cut off with its task', () => {
    const script = beside().add({ type: 'backgroundEnded', taskId: 'b1', how: 'crashed', ms: 0, result: 'cut off' });
    const transcript = foldEvents(emptyTranscript, script.events);
    expect(subagentOf(transcript, 'b')?.lines).toMatchObject([{ status: 'cancelled' }]);
    expect(toolOf(transcript, 'b')?.beside).toBe('crashed');
    expect(transcript.background).toEqual([]);
  });

  test('is asked about although no turn runs any more', () => {
    const ask = (callId: string) => ({
      type: 'permissionRequested' as const,
      request: { sessionId: 's1', callId, toolName: 'grep', title: 'Search b', input: {}, rule: 'grep' },
    });
    const script = beside().add(inside('b', started('y', 'Search b')));
    let state = reduce(initialState, { type: 'events', events: script.events });
    state = reduce(reduce(state, ask('y')), ask('of-the-turn'));
    const before = script.events.length;
    script.end();
    state = reduce(state, { type: 'events', events: script.events.slice(before) });
    expect(state.permissions.map((request) => request.callId)).toEqual(['y']);
    const ended = script.events.length;
    script.add(inside('b', { type: 'toolCallEnded', callId: 'y', status: 'denied', text: 'no', durationMs: 0 }));
    state = reduce(state, { type: 'events', events: script.events.slice(ended) });
    expect(state.permissions).toEqual([]);
  });
});
