import { type ReadonlySignal, useSignal } from '@preact/signals';
import type { RefObject } from 'preact';
import { useEffect, useMemo } from 'preact/hooks';
import type { Store } from '../../../state/store';

/** Keeps the end in sight while the user is there, and keeps still once the user reads back. */
export interface Follow {
  readonly atEnd: ReadonlySignal<boolean>;
  readonly onScroll: () => void;
  readonly onWheel: (event: WheelEvent) => void;
  /** The list or its frame has changed its size. */
  readonly onResize: () => void;
  readonly toEnd: () => void;
  /** Stops following, because something else is to be looked at. */
  readonly release: () => void;
}

const nearEnd = 32;

export function useFollow(scroller: RefObject<HTMLElement | null>, store: Store): Follow {
  const atEnd = useSignal(store.remembered.scrollTop <= 0);

  const follow = useMemo<Follow>(() => {
    let lastTop = 0;
    const distance = (frame: HTMLElement) => frame.scrollHeight - frame.scrollTop - frame.clientHeight;
    const stick = () => {
      const frame = scroller.current;
      if (frame !== null && atEnd.peek()) {
        frame.scrollTop = frame.scrollHeight;
        lastTop = frame.scrollTop;
      }
    };
    // Where all is in sight there is nothing to leave.
    const release = () => {
      const frame = scroller.current;
      if (frame !== null && frame.scrollHeight > frame.clientHeight) {
        atEnd.value = false;
      }
    };
    return {
      atEnd,
      onScroll: () => {
        const frame = scroller.current;
        if (frame === null) {
          return;
        }
        // Content that grows moves the end away without the user doing anything: only going up leaves it.
        const wentUp = frame.scrollTop < lastTop - 1;
        lastTop = frame.scrollTop;
        if (distance(frame) <= nearEnd) {
          atEnd.value = true;
        } else if (wentUp) {
          atEnd.value = false;
        }
        store.remember({ scrollTop: atEnd.peek() ? 0 : frame.scrollTop });
      },
      onWheel: (event) => {
        if (event.deltaY < 0) {
          release();
        }
      },
      onResize: stick,
      toEnd: () => {
        atEnd.value = true;
        stick();
      },
      release,
    };
  }, [scroller, store, atEnd]);

  useEffect(() => {
    const frame = scroller.current;
    const { scrollTop } = store.remembered;
    if (frame === null) {
      return;
    }
    if (scrollTop > 0) {
      frame.scrollTop = scrollTop;
    }
    follow.onResize();
    const observer = new ResizeObserver(follow.onResize);
    observer.observe(frame);
    return () => observer.disconnect();
  }, [scroller, store, follow]);

  return follow;
}
