import { useEffect, useLayoutEffect, useMemo, useRef, useState } from 'preact/hooks';
import { useSelect, useStore } from '../../storeContext';
import { askedBy, matching, type Option, pointed } from './options';

export interface Completion {
  readonly options: readonly Option[];
  readonly active: number;
  readonly setActive: (index: number) => void;
  readonly accept: (option: Option) => void;
  /** Takes the keys that are the list's; answers whether it did. */
  readonly onKeyDown: (event: KeyboardEvent) => boolean;
  /** The cursor may have moved. */
  readonly onSelect: () => void;
}

type Field = { readonly current: HTMLTextAreaElement | null };

/** How long somebody has to pause for the host to search for what they have typed. */
const settleMs = 60;

/** What can be meant by the word before the cursor; no options when nothing, or when the user has closed the list. */
export function useCompletion(field: Field): Completion {
  const store = useStore();
  const draft = store.draft.value;
  const { cursor, look, place } = useCursor(field, draft);
  const before = draft.slice(0, cursor);
  const asked = askedBy(before);
  const options = useOptions(asked);
  const [closedAt, setClosedAt] = useState<string | null>(null);
  const [active, setActive] = useState(0);
  // Closed for these words only: the same ones, written anew, open it again.
  useEffect(() => {
    setClosedAt((closed) => (closed === draft ? closed : null));
  }, [draft]);
  // Other words, other options: the first is the best again.
  useEffect(() => setActive(0), [asked?.query]);
  const shown = closedAt === draft ? [] : options;
  const taken = useRef<string | null>(null);

  const accept = ({ text, mention }: Option) => {
    const start = before.length - (asked === null ? 0 : asked.sign.length + asked.query.length);
    const written = `${draft.slice(0, start)}${text} `;
    store.setDraft(written + draft.slice(cursor).replace(/^ /, ''));
    place(written.length);
    if (mention !== undefined) {
      store.send({ type: 'takeMention', item: mention });
    }
  };

  // Somebody who types faster than the host finds means what it is about to find.
  const take = (option: Option) => {
    if (option.isGuess === true && active === 0) {
      taken.current = draft;
    } else {
      accept(option);
    }
  };
  useEffect(() => {
    const [first] = options;
    if (taken.current !== draft) {
      taken.current = null;
    } else if (first !== undefined && first.isGuess !== true) {
      taken.current = null;
      accept(first);
    }
  }, [draft, options]);

  const onKeyDown = (event: KeyboardEvent): boolean => {
    const option = shown[Math.min(active, shown.length - 1)];
    const isPlain = !(event.shiftKey || event.altKey || event.ctrlKey || event.metaKey);
    // Keys that belong to an input method, and those of an empty list, are not ours.
    if (option === undefined || !isPlain || event.isComposing || event.keyCode === 229) {
      return false;
    }
    switch (event.key) {
      case 'ArrowDown':
        setActive((active + 1) % shown.length);
        break;
      case 'ArrowUp':
        setActive((active - 1 + shown.length) % shown.length);
        break;
      case 'Escape':
        taken.current = null;
        setClosedAt(draft);
        break;
      case 'Enter':
        // The whole name is there: now it is sent.
        if (option.mention === undefined && option.text === `${asked?.sign}${asked?.query}`) {
          return false;
        }
        take(option);
        break;
      case 'Tab':
        take(option);
        break;
      default:
        return false;
    }
    event.preventDefault();
    event.stopPropagation();
    return true;
  };
  return {
    options: shown,
    active: Math.min(active, Math.max(0, shown.length - 1)),
    setActive,
    accept,
    onKeyDown,
    onSelect: look,
  };
}

/** Asks for what there is, and answers what has come of it so far. */
function useOptions(asked: ReturnType<typeof askedBy>): readonly Option[] {
  const store = useStore();
  const known = useSelect((state) => state.commands);
  const resources = useSelect((state) => state.resources);
  const mentions = useSelect((state) => state.mentions);
  const { kind = null, sign = '', query = '' } = asked ?? {};
  // Files may have changed since the last time, and servers have come.
  useEffect(() => {
    if (kind !== null && store.state.peek().server.kind !== 'stopped') {
      store.send({ type: kind === 'command' ? 'listCommands' : 'listResources' });
    }
  }, [kind, store]);
  useEffect(() => {
    if (kind !== 'mention') {
      return;
    }
    const timer = setTimeout(() => store.send({ type: 'findMentions', words: query }), query === '' ? 0 : settleMs);
    return () => clearTimeout(timer);
  }, [kind, query, store]);
  return useMemo(() => {
    switch (kind) {
      case 'command':
        return matching(known, query);
      case 'mention':
        return pointed(mentions, resources, { kind, sign, query });
      case null:
        return [];
    }
  }, [known, resources, mentions, kind, sign, query]);
}

interface Cursor {
  readonly cursor: number;
  /** It may have moved. */
  readonly look: () => void;
  /** Puts it there as soon as the field has its next words. */
  readonly place: (at: number) => void;
}

function useCursor(field: Field, draft: string): Cursor {
  const [cursor, setCursor] = useState(draft.length);
  const wanted = useRef<number | null>(null);
  useLayoutEffect(() => {
    const { current } = field;
    if (current === null) {
      return;
    }
    if (wanted.current !== null) {
      current.setSelectionRange(wanted.current, wanted.current);
      wanted.current = null;
    }
    setCursor(current.selectionEnd);
  }, [field, draft]);
  return {
    cursor: Math.min(cursor, draft.length),
    look: () => field.current !== null && setCursor(field.current.selectionEnd),
    place: (at) => {
      wanted.current = at;
    },
  };
}
