import type { DurableEvent, Steer } from '../../src/protocol/generated';
import type { WaitingPrompt } from './chatState';

/** The fold of a session's events into what waits. */
export function foldWaiting(waiting: readonly WaitingPrompt[], event: DurableEvent): readonly WaitingPrompt[] {
  switch (event.type) {
    case 'steer':
      return event.state === 'accepted' ? accept(waiting, event) : without(waiting, event.id);
    case 'queueReordered': {
      const first = event.ids.flatMap((id) => waiting.find((prompt) => prompt.id === id) ?? []);
      return [...first, ...waiting.filter((prompt) => !first.includes(prompt))];
    }
    case 'turnStarted':
      return event.queuedId === undefined ? waiting : without(waiting, event.queuedId);
    case 'turnEnded':
      return waiting.some((prompt) => prompt.kind === 'steer')
        ? waiting.map((prompt) => ({ ...prompt, kind: 'queue' }))
        : waiting;
    default:
      return waiting;
  }
}

function accept(waiting: readonly WaitingPrompt[], { id, kind, input = [] }: Steer): readonly WaitingPrompt[] {
  const prompt = { id, kind, input };
  return waiting.some((other) => other.id === id)
    ? waiting.map((other) => (other.id === id ? prompt : other))
    : [...waiting, prompt];
}

function without(waiting: readonly WaitingPrompt[], id: string): readonly WaitingPrompt[] {
  return waiting.filter((prompt) => prompt.id !== id);
}
