import type { RefObject } from 'preact';
import { useLayoutEffect, useRef, useState } from 'preact/hooks';
import type { SessionEntry } from '../../../src/protocol/bridge';
import { closeHistory } from '../../state/commands';
import { useStore } from '../storeContext';

interface ListFocus {
  /** The session that Tab leads to. */
  readonly reached: string | undefined;
  readonly openFirst: () => void;
  readonly onKeyDown: (event: KeyboardEvent) => void;
  readonly onFocusIn: (event: FocusEvent) => void;
}

/** The arrows go from the search through the sessions; the focus stays in the list when a session leaves it. */
export function useListFocus(
  view: RefObject<HTMLElement | null>,
  sessions: readonly SessionEntry[] | undefined,
): ListFocus {
  const store = useStore();
  const [place, setPlace] = useState(0);
  const isInList = useRef(false);
  const rows = () => [...(view.current?.querySelectorAll<HTMLElement>('[data-row]') ?? [])];
  const field = () => view.current?.querySelector<HTMLElement>('[data-testid=history-search]');
  const shown = sessions ?? [];
  const reached = shown[Math.min(place, shown.length - 1)]?.sessionId;

  useLayoutEffect(() => {
    if (isInList.current && (document.activeElement === null || document.activeElement === document.body)) {
      const all = rows();
      (all[Math.min(place, all.length - 1)] ?? field())?.focus();
    }
  }, [sessions]);

  const goTo = (index: number) => {
    const target = rows()[index];
    if (index < 0) {
      field()?.focus();
    } else if (target !== undefined) {
      target.focus();
      target.scrollIntoView?.({ block: 'nearest' });
    }
  };
  return {
    reached,
    openFirst: () => rows()[0]?.click(),
    onKeyDown: (event) => {
      if (event.isComposing || event.altKey || event.ctrlKey || event.metaKey) {
        return;
      }
      if (event.key === 'Escape') {
        event.preventDefault();
        closeHistory(store);
        return;
      }
      const all = rows();
      const row = event.target instanceof HTMLElement ? event.target.closest('.history-row') : null;
      const from = row === null ? -1 : all.findIndex((other) => row.contains(other));
      const to = target(event, from, all.length);
      if (to !== null) {
        event.preventDefault();
        goTo(to);
      } else if (from >= 0 && event.key.length === 1 && event.key !== ' ') {
        // Who begins to type means to search; the field takes the letter.
        field()?.focus();
      }
    },
    onFocusIn: (event) => {
      const row = event.target instanceof HTMLElement ? event.target.closest('.history-row') : null;
      const index = row === null ? -1 : rows().findIndex((other) => row.contains(other));
      isInList.current = row !== null;
      if (index >= 0) {
        setPlace(index);
      }
    },
  };
}

/** The row that a key leads to; -1 is the search. */
function target({ key }: KeyboardEvent, from: number, count: number): number | null {
  const isInList = from >= 0;
  switch (key) {
    case 'ArrowDown':
      return Math.min(from + 1, count - 1);
    case 'ArrowUp':
      return isInList ? from - 1 : null;
    case 'Home':
      return isInList ? 0 : null;
    case 'End':
      return isInList ? count - 1 : null;
    default:
      return null;
  }
}
