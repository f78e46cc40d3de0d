import type { RefObject } from 'preact';
import { useLayoutEffect, useRef } from 'preact/hooks';
import { askEarlier } from '../../../state/commands';
import { firstSeq } from '../../../state/earlier';
import { useSelect, useStore } from '../../storeContext';

/** So near to the top the part before it is asked for. */
const nearTop = 200;

interface EarlierPages {
  /** True while rows are drawn that have come in front of the others: what is in sight then stays where it is. */
  readonly isGrowingUp: boolean;
  readonly onScroll: () => void;
}

/** Asks for the part before when the user has scrolled up to the top. */
export function useEarlier(scroller: RefObject<HTMLElement | null>): EarlierPages {
  const store = useStore();
  const first = useSelect(({ transcript }) => (transcript.earlier === null ? 1 : firstSeq(transcript.earlier.events)));
  const known = useRef(first);
  const lastTop = useRef(0);
  const isGrowingUp = first < known.current;
  useLayoutEffect(() => {
    known.current = first;
  }, [first]);
  return {
    isGrowingUp,
    onScroll: () => {
      const top = scroller.current?.scrollTop ?? 0;
      const goesUp = top < lastTop.current;
      lastTop.current = top;
      if (goesUp && top < nearTop && store.state.peek().transcript.earlier?.state === 'more') {
        askEarlier(store);
      }
    },
  };
}
