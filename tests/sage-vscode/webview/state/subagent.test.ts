import { describe, expect, test } from 'vitest';
import type { SessionEvent } from '../../../../sage-vscode/src/protocol/generated';
import { emptyTranscript, type Transcript } from '../../../../sage-vscode/webview/state/chatState';
import { foldEvents } from '../../../../sage-vscode/webview/state/fold';
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
const subagentOf = (transcript: Transcript, id: string) => {
  const item = transcript.items.find((candidate) => candidate.kind === 'tool' && candidate.id === id);
  return item?.kind === 'tool' ? item.inside : undefined;
};

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
});
