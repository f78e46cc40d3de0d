import fuzzysort from 'fuzzysort';
import type { ComponentChildren } from 'preact';
import { useEffect, useId, useLayoutEffect, useMemo, useRef, useState } from 'preact/hooks';
import { Icon } from './icon';

export interface PickOption {
  readonly id: string;
  readonly label: string;
  /** A second line that explains. */
  readonly detail?: string;
  /** What sorts after the label when searched: a provider, for example. */
  readonly keywords?: string;
  readonly icon?: string;
  /** Drawn at the end of the line. */
  readonly aside?: ComponentChildren;
}

interface PickListProps {
  readonly label: string;
  readonly options: readonly PickOption[];
  readonly selected: string | null;
  readonly onPick: (id: string) => void;
  readonly onClose: () => void;
  readonly searchable?: boolean;
  readonly emptyText?: string;
  readonly optionTestId?: string;
}

/** A list to choose from with arrows, typing or the mouse. The focus stays on one element; the active option is told. */
export function PickList(props: PickListProps) {
  const { label, options, selected, onPick, onClose, searchable = false, emptyText = 'Nothing found' } = props;
  const id = useId();
  const [query, setQuery] = useState('');
  const shown = useMemo(() => search(options, query), [options, query]);
  const [active, setActive] = useState(() =>
    Math.max(
      0,
      options.findIndex((option) => option.id === selected),
    ),
  );
  const focusRef = useRef<HTMLElement | null>(null);
  const listRef = useRef<HTMLDivElement>(null);

  useEffect(() => focusRef.current?.focus(), []);
  useLayoutEffect(() => {
    listRef.current?.querySelector('[data-active="true"]')?.scrollIntoView?.({ block: 'nearest' });
  }, [active, shown]);

  const onKeyDown = (event: KeyboardEvent) => {
    const to = moveBy(event.key, active, shown.length);
    if (to !== null) {
      setActive(to);
    } else if (event.key === 'Enter' && !event.isComposing) {
      const option = shown[active];
      if (option !== undefined) {
        onPick(option.id);
      }
    } else if (event.key === 'Escape') {
      onClose();
    } else {
      return;
    }
    event.preventDefault();
    event.stopPropagation();
  };
  const focused = {
    'aria-label': label,
    'aria-activedescendant': shown[active] === undefined ? undefined : `${id}-${active}`,
    onKeyDown,
  } as const;
  const rows = shown.map((option, index) => (
    <OptionRow
      key={option.id}
      id={`${id}-${index}`}
      option={option}
      active={index === active}
      selected={option.id === selected}
      testId={props.optionTestId}
      onPick={() => onPick(option.id)}
      onHover={() => setActive(index)}
    />
  ));
  const setFocusTarget = (element: HTMLElement | null) => {
    focusRef.current = element;
  };

  if (!searchable) {
    return (
      <div class="pick-list" role="listbox" tabIndex={0} {...focused} ref={setFocusTarget}>
        <div ref={listRef} role="presentation">
          {rows}
        </div>
      </div>
    );
  }
  return (
    <div class="pick-list">
      <input
        {...focused}
        role="combobox"
        ref={setFocusTarget}
        class="pick-search"
        type="text"
        placeholder={label}
        value={query}
        aria-expanded="true"
        aria-controls={`${id}-list`}
        aria-autocomplete="list"
        onInput={(event) => {
          setQuery(event.currentTarget.value);
          setActive(0);
        }}
      />
      <div class="pick-options" id={`${id}-list`} role="listbox" aria-label={label} ref={listRef}>
        {rows}
      </div>
      {shown.length === 0 && <p class="pick-empty">{emptyText}</p>}
    </div>
  );
}

interface OptionRowProps {
  readonly id: string;
  readonly option: PickOption;
  readonly active: boolean;
  readonly selected: boolean;
  readonly testId: string | undefined;
  readonly onPick: () => void;
  readonly onHover: () => void;
}

function OptionRow({ id, option, active, selected, testId, onPick, onHover }: OptionRowProps) {
  return (
    // The element that has the focus handles the keys for all options.
    // biome-ignore lint/a11y/useKeyWithClickEvents: see above
    // biome-ignore lint/a11y/useFocusableInteractive: see above
    <div
      id={id}
      class={`pick-option${active ? ' active' : ''}`}
      role="option"
      aria-selected={selected}
      data-active={active}
      data-testid={testId}
      data-id={option.id}
      onClick={onPick}
      onMouseMove={active ? undefined : onHover}
    >
      <Icon name={option.icon ?? (selected ? 'check' : 'blank')} />
      <span class="pick-text">
        <span class="pick-label">{option.label}</span>
        {option.detail !== undefined && <span class="pick-detail">{option.detail}</span>}
      </span>
      {option.aside}
    </div>
  );
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
