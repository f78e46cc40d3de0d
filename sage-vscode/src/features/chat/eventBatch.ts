import type { EventEnvelope } from '../../protocol/generated';

/** About one animation frame: the panel cannot show more than that, and each message costs. */
export const FRAME_MS = 16;

/** Gathers events that arrive within a frame and passes them on together, in order. */
export class EventBatch {
  #waiting: EventEnvelope[] = [];

  constructor(
    private readonly post: (events: readonly EventEnvelope[]) => void,
    private readonly later: (run: () => void, ms: number) => void,
  ) {}

  add(event: EventEnvelope): void {
    this.#waiting.push(event);
    if (this.#waiting.length === 1) {
      this.later(() => this.flush(), FRAME_MS);
    }
  }

  /** Sends what waits now; whoever posts something else calls this first, or the order would be lost. */
  flush(): void {
    if (this.#waiting.length > 0) {
      const events = this.#waiting;
      this.#waiting = [];
      this.post(events);
    }
  }

  /** The transcript is replaced; what waits belongs to the old one. */
  drop(): void {
    this.#waiting = [];
  }
}
