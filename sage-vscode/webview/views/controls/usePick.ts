import fuzzysort from 'fuzzysort';
import { useMemo, useState } from 'preact/hooks';
import type { PickListProps, PickOption } from './pickList';

interface Pick {
  readonly query: string;
  readonly shown: readonly PickOption[];
  /** The index of the option that Enter takes. */
  readonly active: number;
  readonly setQuery: (query: string) => void;
  readonly setActive: (index: number) => void;
  readonly onKeyDown: (event: KeyboardEvent) => void;
}

/** What a list shows for what was typed, and where the keys have led. */
export function usePick({ options, selected, onPick, onClose, searchable = false }: PickListProps): Pick {
  const [query, setQuery] = useState('');
  const shown = useMemo(() => search(options, query), [options, query]);
  const [active, setActive] = useState(() =>
    Math.max(
      0,
      options.findIndex((option) => option.id === selected),
    ),
  );

  const onKeyDown = (event: KeyboardEvent) => {
    if (event.isComposing || event.keyCode === 229) {
      return;
    }
    // In a search field, Home and End belong to the text.
    const isTextKey = searchable && (event.key === 'Home' || event.key === 'End');
    const to = isTextKey ? null : moveBy(event.key, active, shown.length);
    const option = shown[active];
    if (to !== null) {
      setActive(to);
    } else if (event.key === 'Escape') {
      onClose();
    } else if (event.key !== 'Enter') {
      return;
    } else if (option !== undefined) {
      onPick(option.id);
    }
    event.preventDefault();
    event.stopPropagation();
  };
  const ask = (text: string) => {
    setQuery(text);
    setActive(0);
  };
  return { query, shown, active, setQuery: ask, setActive, onKeyDown };
}

function search(options: readonly PickOption[], query: string): readonly PickOption[] {
  const wanted = query.trim();
  if (wanted === '') {
    return options;
  }
  const entries = options.map((option) => ({ option, text: `${option.label} ${option.keywords ?? ''}` }));
  return fuzzysort.go(wanted, entries, { key: 'text', limit: 0, threshold: 0.3 }).map((result) => result.obj.option);
}

function moveBy(key: string, active: number, count: number): number | null {
  switch (key) {
    case 'ArrowDown':
      return count === 0 ? 0 : (active + 1) % count;
    case 'ArrowUp':
      return count === 0 ? 0 : (active - 1 + count) % count;
    case 'Home':
      return 0;
    case 'End':
      return Math.max(0, count - 1);
    default:
      return null;
  }
}
