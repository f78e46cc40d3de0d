import { type ReadonlySignal, signal } from '@preact/signals';

/** What the user has unfolded or folded, kept outside the views because rows that scroll away are unmounted. */
export interface Expansion {
  /** The user's own choice; undefined while there is none. */
  readonly choices: ReadonlySignal<ReadonlyMap<string, boolean>>;
  set(key: string, open: boolean): void;
}

export function createExpansion(): Expansion {
  const choices = signal<ReadonlyMap<string, boolean>>(new Map());
  return {
    choices,
    set: (key, open) => {
      choices.value = new Map(choices.peek()).set(key, open);
    },
  };
}
