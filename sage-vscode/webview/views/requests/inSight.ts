import type { RefObject } from 'preact';
import { useEffect, useRef } from 'preact/hooks';
import type { Store } from '../../state/store';
import { useStore } from '../storeContext';

/** Of the buttons, so that a card counts as seen only where it can be answered. */
const share = 0.9;

/** Tells the store whether the buttons of a card are in sight; to be put on the element that holds them. */
export function useInSight(callId: string): RefObject<HTMLDivElement | null> {
  const store = useStore();
  const buttons = useRef<HTMLDivElement>(null);
  useEffect(() => {
    const target = buttons.current;
    if (target === null || typeof IntersectionObserver === 'undefined') {
      return;
    }
    const observer = new IntersectionObserver(
      (entries) => tell(store, callId, (entries.at(-1)?.intersectionRatio ?? 0) >= share),
      { threshold: share },
    );
    observer.observe(target);
    return () => {
      observer.disconnect();
      tell(store, callId, false);
    };
  }, [store, callId]);
  return buttons;
}

function tell(store: Store, callId: string, isSeen: boolean): void {
  const known = store.inSight.peek();
  if (known.has(callId) !== isSeen) {
    const others = [...known].filter((other) => other !== callId);
    store.inSight.value = new Set(isSeen ? [...others, callId] : others);
  }
}
