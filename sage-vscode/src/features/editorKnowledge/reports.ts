/** When language servers have last reported on files, and when these have last changed: one count for both. */
export class Reports {
  readonly #reported = new Map<string, number>();
  readonly #changed = new Map<string, number>();
  readonly #waiting = new Set<() => void>();
  #count = 0;

  /** Grows with each report and each change. */
  get revision(): number {
    return this.#count;
  }

  report(uris: readonly string[]): void {
    this.#count++;
    for (const uri of uris) {
      this.#reported.set(uri, this.#count);
    }
    for (const look of [...this.#waiting]) {
      look();
    }
  }

  change(uri: string): void {
    this.#changed.set(uri, ++this.#count);
  }

  forget(uri: string): void {
    this.#changed.delete(uri);
    this.#reported.delete(uri);
  }

  reportedSince(uri: string, revision: number): boolean {
    return (this.#reported.get(uri) ?? 0) > revision;
  }

  /** Whether a file has changed and nobody has said anything of it since. */
  isOutdated(uri: string): boolean {
    return (this.#changed.get(uri) ?? 0) > (this.#reported.get(uri) ?? 0);
  }

  /** Waits until it is so, for as long as is given at most. */
  async until(isSo: () => boolean, ms: number, signal: AbortSignal): Promise<void> {
    if (isSo() || ms <= 0 || signal.aborted) {
      return;
    }
    await new Promise<void>((resolve) => {
      const end = () => {
        clearTimeout(timer);
        this.#waiting.delete(look);
        signal.removeEventListener('abort', end);
        resolve();
      };
      const look = () => isSo() && end();
      const timer = setTimeout(end, ms);
      this.#waiting.add(look);
      signal.addEventListener('abort', end, { once: true });
    });
  }
}
