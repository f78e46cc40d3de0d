import { useLayoutEffect, useRef } from 'preact/hooks';
import { t } from '../../../l10n';
import { visibleLine } from '../../../text/visible';
import { Icon } from '../../controls/icon';
import { useSelect } from '../../storeContext';
import type { Option } from './options';
import type { Completion } from './useCompletion';

export const listId = 'composer-commands';

/** The element that the keys have led to, for the field to name. */
export const optionId = (index: number) => `${listId}-${index}`;

/** What can stand behind a sign, above the field. The focus stays in the field. */
export function CommandList({
  options,
  active,
  setActive,
  accept,
}: Pick<Completion, 'options' | 'active' | 'setActive' | 'accept'>) {
  const problems = useSelect((state) => state.commandProblems);
  const list = useRef<HTMLDivElement>(null);
  useLayoutEffect(() => {
    list.current?.querySelector('[data-active="true"]')?.scrollIntoView?.({ block: 'nearest' });
  });
  if (options.length === 0) {
    return null;
  }
  return (
    <div
      ref={list}
      id={listId}
      class="command-list"
      role="listbox"
      aria-label={options[0]?.mention === undefined ? t('Commands') : t('Context')}
      tabIndex={0} // It scrolls.
      data-testid="command-list"
    >
      {options.map((option, index) => (
        <Row
          key={option.key}
          id={optionId(index)}
          option={option}
          active={index === active}
          onHover={() => setActive(index)}
          onPick={() => accept(option)}
        />
      ))}
      {problems.length > 0 && options[0]?.text.startsWith('/') && (
        <div class="command-problems" role="note" data-testid="command-problems">
          {problems.map((problem) => (
            <p key={problem}>{visibleLine(problem)}</p>
          ))}
        </div>
      )}
    </div>
  );
}

interface RowProps {
  readonly id: string;
  readonly option: Option;
  readonly active: boolean;
  readonly onHover: () => void;
  readonly onPick: () => void;
}

function Row({ id, option, active, onHover, onPick }: RowProps) {
  return (
    // The field has the focus, and handles the keys for all options.
    // biome-ignore lint/a11y/useKeyWithClickEvents: see above
    // biome-ignore lint/a11y/useFocusableInteractive: see above
    <div
      id={id}
      class={`pick-option${active ? ' active' : ''}`}
      role="option"
      aria-selected={active}
      data-active={active}
      data-testid="command-option"
      // The field keeps the focus.
      onMouseDown={(event) => event.preventDefault()}
      onClick={onPick}
      onMouseMove={active ? undefined : onHover}
    >
      {option.icon !== undefined && <Icon name={option.icon} />}
      <span class="pick-text">
        <span class="pick-label">
          {visibleLine(option.label)}
          {option.argumentHint !== undefined && <span class="command-hint"> {visibleLine(option.argumentHint)}</span>}
        </span>
        <span class="pick-detail">{visibleLine(option.description)}</span>
      </span>
      {option.place !== undefined && (
        <span class="command-place" title={visibleLine(option.place)}>
          {visibleLine(option.place)}
        </span>
      )}
    </div>
  );
}
