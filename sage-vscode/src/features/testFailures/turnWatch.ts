import type { Signal } from '../../infrastructure/signal';
import type { EventEnvelope, TurnOutcome } from '../../protocol/generated';

/** How the next turn with these words ends. Turns of other prompts, which may run before it, do not count. */
export function endOfTurn(events: Signal<EventEnvelope>, prompt: string): Promise<TurnOutcome> {
  return new Promise((resolve) => {
    let turn: { readonly sessionId: string; readonly turnId: string } | null = null;
    const listening = events.subscribe(({ sessionId, event }) => {
      if (event.type === 'turnStarted' && turn === null && event.prompt === prompt) {
        turn = { sessionId, turnId: event.turnId };
      } else if (event.type === 'turnEnded' && turn?.sessionId === sessionId && turn.turnId === event.turnId) {
        listening.dispose();
        resolve(event.outcome);
      }
    });
  });
}
