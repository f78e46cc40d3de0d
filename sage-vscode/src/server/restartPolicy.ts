const WINDOW_MS = 3 * 60_000;
const MAX_RESTARTS = 5;
const FIRST_DELAY_MS = 250;

/** Decides whether a crashed server is started again, and how soon: at most five times in three minutes. */
export class RestartPolicy {
  #crashes: number[] = [];

  constructor(private readonly now: () => number) {}

  /** Milliseconds to wait before the next start; null when it has crashed too often. */
  crashed(): number | null {
    const now = this.now();
    this.#crashes = [...this.#crashes.filter((at) => now - at < WINDOW_MS), now];
    return this.#crashes.length > MAX_RESTARTS ? null : FIRST_DELAY_MS * 2 ** (this.#crashes.length - 1);
  }

  reset(): void {
    this.#crashes = [];
  }
}
