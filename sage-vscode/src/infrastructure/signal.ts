/** Something to let go of; the shape that the editor's subscriptions take. */
export interface Release {
  dispose(): void;
}

/** An event that parts without the editor's API can raise, so that they run in plain unit tests. */
export class Signal<T> {
  readonly #listeners = new Set<(value: T) => void>();

  readonly subscribe = (listener: (value: T) => void): Release => {
    this.#listeners.add(listener);
    return { dispose: () => this.#listeners.delete(listener) };
  };

  emit(value: T): void {
    for (const listener of [...this.#listeners]) {
      listener(value);
    }
  }
}

/** The same events in the words of who listens. */
export function mapped<T, Other>(
  signal: Pick<Signal<T>, 'subscribe'>,
  map: (value: T) => Other,
): Pick<Signal<Other>, 'subscribe'> {
  return { subscribe: (listener) => signal.subscribe((value) => listener(map(value))) };
}
