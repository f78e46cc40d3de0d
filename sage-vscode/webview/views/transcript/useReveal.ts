import type { RefObject } from 'preact';
import { useEffect } from 'preact/hooks';
import type { VirtualizerHandle } from 'virtua';
import type { Row } from '../../state/rows';
import { useStore } from '../storeContext';

const settleMs = 120;

/** Brings the card of a call into view when asked to, and the focus to it. */
export function useReveal(rows: readonly Row[], list: RefObject<VirtualizerHandle | null>, release: () => void): void {
  const store = useStore();
  const wish = store.revealed.value;
  useEffect(() => {
    if (wish === null) {
      return;
    }
    store.revealed.value = null;
    const index = rows.findIndex((row) => row.kind === 'tool' && row.tool.id === wish.callId);
    const target = index < 0 ? rows.length - 1 : index;
    if (target < rows.length - 2) {
      release();
    }
    list.current?.scrollToIndex(target, { align: 'start' });
    setTimeout(
      () => document.querySelector<HTMLElement>('[data-card-focus]')?.focus({ preventScroll: true }),
      settleMs,
    );
  }, [wish]);
}
