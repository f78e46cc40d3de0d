import { useSignal } from '@preact/signals';
import type { RefObject } from 'preact';
import { useEffect, useMemo } from 'preact/hooks';
import type { VirtualizerHandle } from 'virtua';
import { findIn, firstShown } from '../../../state/find';
import type { Row } from '../../../state/rows';
import { useStore } from '../../storeContext';
import { clearMarks, markWords } from './marks';

export interface Find {
  readonly words: string;
  readonly setWords: (words: string) => void;
  readonly count: number;
  /** Which of them is shown; 0 is the first. */
  readonly at: number;
  readonly step: (by: 1 | -1) => void;
}

interface FindProps {
  readonly rows: readonly Row[];
  readonly scroller: RefObject<HTMLElement | null>;
  readonly list: RefObject<VirtualizerHandle | null>;
  /** Stops following the end. */
  readonly release: () => void;
}

/** Looks for words in the conversation, brings a place into view, and marks all that show. */
export function useFind({ rows, scroller, list, release }: FindProps): Find {
  const store = useStore();
  const open = store.finding.value;
  const words = useSignal('');
  const at = useSignal(0);
  const found = useMemo(() => (open ? findIn(rows, words.value) : []), [open, rows, words.value]);
  const place = found[Math.min(at.value, found.length - 1)];

  useEffect(() => {
    const frame = scroller.current;
    if (!open || frame === null) {
      return clearMarks();
    }
    if (place !== undefined) {
      release();
      if (place.callId !== undefined) {
        unfold(store, rows[place.row], place.callId);
      }
      list.current?.scrollToIndex(place.row, { align: 'center' });
    }
    return markWhileShown(frame, words.value, () => place && rowElement(frame, rows[place.row], place.nth));
    // Rows that change while a reply streams are marked, not gone to again.
  }, [open, words.value, place?.row, place?.nth]);

  return {
    words: words.value,
    setWords: (next) => {
      words.value = next;
      const lastRow = list.current?.findItemIndex((list.current.scrollOffset ?? 0) + (list.current.viewportSize ?? 0));
      at.value = firstShown(findIn(rows, next), lastRow ?? rows.length);
    },
    count: found.length,
    at: Math.min(at.value, Math.max(0, found.length - 1)),
    step: (by) => {
      at.value = found.length === 0 ? 0 : (Math.min(at.value, found.length - 1) + by + found.length) % found.length;
    },
  };
}

function unfold(store: ReturnType<typeof useStore>, row: Row | undefined, callId: string): void {
  if (row?.kind === 'group') {
    store.expansion.set(row.key, true);
  }
  store.expansion.set(`tool:${callId}`, true);
}

/** The list draws what comes into sight a moment later, and anew when it is scrolled: marks follow. */
function markWhileShown(
  frame: HTMLElement,
  words: string,
  current: () => { row: Element; nth: number } | null | undefined,
): () => void {
  let waiting = 0;
  let wasShown = false;
  const mark = () => {
    waiting = 0;
    const place = markWords(frame, words, current() ?? null);
    if (place !== null && !wasShown) {
      wasShown = true;
      place.startContainer.parentElement?.scrollIntoView({ block: 'nearest' });
    }
  };
  const soon = () => {
    waiting ||= requestAnimationFrame(mark);
  };
  const observer = new MutationObserver(soon);
  observer.observe(frame, { childList: true, subtree: true, characterData: true });
  soon();
  return () => {
    observer.disconnect();
    cancelAnimationFrame(waiting);
    clearMarks();
  };
}

function rowElement(frame: HTMLElement, row: Row | undefined, nth: number): { row: Element; nth: number } | null {
  const element = row && frame.querySelector(`[data-row-key="${CSS.escape(row.key)}"]`);
  return element ? { row: element, nth } : null;
}
