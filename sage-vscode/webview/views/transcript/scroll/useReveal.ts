import type { RefObject } from 'preact';
import { useEffect } from 'preact/hooks';
import type { VirtualizerHandle } from 'virtua';
import type { Row } from '../../../state/rows';
import { useStore } from '../../storeContext';

const settleMs = 120;

/** Brings a call into view when asked to, and the focus to its card where it waits for an answer. */
export function useReveal(rows: readonly Row[], list: RefObject<VirtualizerHandle | null>, release: () => void): void {
  const store = useStore();
  const wish = store.revealed.value;
  useEffect(() => {
    if (wish === null) {
      return;
    }
    store.revealed.value = null;
    const call = rows.findIndex((row) => shows(row, wish.callId));
    const prompt = rows.findIndex((row) => row.key === `user:${wish.turnId}`);
    const target = [call, prompt].find((index) => index >= 0) ?? rows.length - 1;
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

function shows(row: Row, callId: string): boolean {
  return row.kind === 'tool'
    ? row.tool.id === callId
    : row.kind === 'group' && row.tools.some(({ id }) => id === callId);
}
