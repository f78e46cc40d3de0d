import type { EventEnvelope } from '../../protocol/generated';

/** Which prompts wait in each session, in the order in which they are to be sent: a fold of the sessions' events. */
export class WaitingPrompts {
  readonly #ids = new Map<string, readonly string[]>();

  /** What is to be sent next. */
  next(sessionId: string): string | undefined {
    return this.#of(sessionId)[0];
  }

  /** A session was read from its start. */
  restart(sessionId: string, events: readonly EventEnvelope[]): void {
    this.#ids.delete(sessionId);
    for (const envelope of events) {
      this.apply(envelope);
    }
  }

  /** Events come once, or again from the start of a session. */
  apply({ sessionId, event }: EventEnvelope): void {
    switch (event.type) {
      case 'steer':
        if (event.state === 'accepted') {
          this.add(sessionId, event.id);
        } else {
          this.#remove(sessionId, event.id);
        }
        return;
      case 'queueReordered':
        this.#ids.set(sessionId, reorder(this.#of(sessionId), event.ids));
        return;
      case 'turnStarted':
        if (event.queuedId !== undefined) {
          this.#remove(sessionId, event.queuedId);
        }
        return;
      default:
    }
  }

  add(sessionId: string, id: string): void {
    const ids = this.#of(sessionId);
    if (!ids.includes(id)) {
      this.#ids.set(sessionId, [...ids, id]);
    }
  }

  #remove(sessionId: string, id: string): void {
    this.#ids.set(
      sessionId,
      this.#of(sessionId).filter((other) => other !== id),
    );
  }

  #of(sessionId: string): readonly string[] {
    return this.#ids.get(sessionId) ?? [];
  }
}

/** First those that are named, then the rest. */
function reorder(ids: readonly string[], first: readonly string[]): string[] {
  return [...first.filter((id) => ids.includes(id)), ...ids.filter((id) => !first.includes(id))];
}
