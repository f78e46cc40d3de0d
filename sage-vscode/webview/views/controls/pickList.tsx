import type { ComponentChildren } from 'preact';
import { useId, useLayoutEffect, useRef } from 'preact/hooks';
import { t } from '../../l10n';
import { Icon } from './icon';
import { usePick } from './usePick';

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

export interface PickListProps {
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
  const { label, selected, searchable = false, emptyText = t('Nothing found') } = props;
  const id = useId();
  const pick = usePick(props);
  const list = useRef<HTMLDivElement>(null);
  useLayoutEffect(() => {
    list.current?.querySelector('[data-active="true"]')?.scrollIntoView?.({ block: 'nearest' });
  }, [pick.active, pick.shown]);

  const focused = {
    'aria-label': label,
    'aria-activedescendant': pick.shown[pick.active] === undefined ? undefined : `${id}-${pick.active}`,
    onKeyDown: pick.onKeyDown,
  };
  const rows = pick.shown.map((option, index) => (
    <OptionRow
      key={option.id}
      id={`${id}-${index}`}
      option={option}
      active={index === pick.active}
      selected={option.id === selected}
      testId={props.optionTestId}
      onPick={() => props.onPick(option.id)}
      onHover={() => pick.setActive(index)}
    />
  ));
  if (!searchable) {
    return (
      <div class="pick-list" role="listbox" tabIndex={0} {...focused} ref={focusOnce}>
        <div ref={list} role="presentation">
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
        ref={focusOnce}
        class="text-field"
        type="text"
        placeholder={label}
        value={pick.query}
        aria-expanded="true"
        aria-controls={`${id}-list`}
        aria-autocomplete="list"
        onInput={(event) => pick.setQuery(event.currentTarget.value)}
      />
      <div class="pick-options" id={`${id}-list`} role="listbox" aria-label={label} ref={list}>
        {rows}
      </div>
      {pick.shown.length === 0 && <p class="pick-empty">{emptyText}</p>}
    </div>
  );
}

/** A list is opened to be used: the element that takes the keys has the focus from the start. */
const focusOnce = (element: HTMLElement | null) => element?.focus();

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
