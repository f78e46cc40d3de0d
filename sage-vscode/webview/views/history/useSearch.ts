import { useEffect, useState } from 'preact/hooks';
import { askHistory } from '../../state/commands';
import { pageSize } from '../../state/history';
import { useSelect, useStore } from '../storeContext';

/** A person who types is waited for this long. */
export const settleMs = 150;

export interface Search {
  readonly words: string;
  /** Whether what is shown was found for what is written. */
  readonly isSettled: boolean;
  readonly type: (words: string) => void;
}

/** Asks for sessions: when the view opens, when they change, and while the user types. */
export function useSearch(): Search {
  const store = useStore();
  const asked = useSelect((state) => state.history?.asked.words ?? '');
  const waiting = useSelect((state) => state.history?.waiting ?? false);
  const changes = useSelect((state) => state.history?.changes);
  const [words, type] = useState(asked);
  useEffect(() => askHistory(store), [store, changes]);
  useEffect(() => {
    if (words !== asked) {
      const timer = setTimeout(() => askHistory(store, { words, limit: pageSize }), settleMs);
      return () => clearTimeout(timer);
    }
  }, [store, words, asked]);
  return { words, isSettled: !waiting && words === asked, type };
}
