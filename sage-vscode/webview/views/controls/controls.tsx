import type { ComponentChildren, RefCallback } from 'preact';
import { useEffect, useRef } from 'preact/hooks';
import { t } from '../../l10n';
import { visibleLine } from '../../text/visible';
import { Icon } from './icon';

interface ButtonProps {
  readonly children: ComponentChildren;
  readonly onClick: () => void;
  readonly secondary?: boolean;
  readonly disabled?: boolean;
  readonly testId?: string;
  readonly title?: string;
  /** The id of what should be read out with it. */
  readonly describedBy?: string | undefined;
  readonly buttonRef?: RefCallback<HTMLButtonElement>;
}

const nowhere = () => {};

/** Looks like the editor's own buttons, and is a plain one: nothing about it is hidden from who checks its contrast. */
export function Button({
  children,
  onClick,
  secondary = false,
  disabled,
  testId,
  title,
  describedBy,
  buttonRef = nowhere,
}: ButtonProps) {
  return (
    <button
      ref={buttonRef}
      type="button"
      class={secondary ? 'button secondary' : 'button'}
      data-testid={testId}
      title={title}
      aria-describedby={describedBy}
      disabled={disabled}
      onClick={onClick}
      onKeyDown={ignoreRepeats}
    >
      {children}
    </button>
  );
}

/** A key that is held down presses one button, not the one that has the focus next. */
function ignoreRepeats(event: KeyboardEvent): void {
  if (event.repeat && event.key === 'Enter') {
    event.preventDefault();
  }
}

interface IconButtonProps {
  readonly icon: string;
  readonly label: string;
  readonly onClick: () => void;
  readonly testId?: string;
  readonly pressed?: boolean;
  readonly expanded?: boolean;
  readonly disabled?: boolean;
}

/** A button that is only an icon; its label is said and shown on hover. */
export function IconButton({ icon, label, onClick, testId, pressed, expanded, disabled }: IconButtonProps) {
  return (
    <button
      type="button"
      class="icon-button"
      aria-label={label}
      title={label}
      aria-pressed={pressed}
      aria-expanded={expanded}
      disabled={disabled}
      data-testid={testId}
      onClick={onClick}
    >
      <Icon name={icon} />
    </button>
  );
}

interface CheckboxProps {
  readonly label: string;
  readonly checked: boolean;
  readonly onChange: (checked: boolean) => void;
}

export function Checkbox({ label, checked, onChange }: CheckboxProps) {
  return (
    <label class="checkbox">
      <input type="checkbox" checked={checked} onChange={(event) => onChange(event.currentTarget.checked)} />
      <span>{label}</span>
    </label>
  );
}

interface TextFieldProps {
  readonly label: string;
  readonly value: string;
  readonly onInput: (value: string) => void;
  readonly onKeyDown?: (event: KeyboardEvent) => void;
  readonly autoFocus?: boolean;
}

/** One line of text; the label is its placeholder too. */
export function TextField({ label, value, onInput, onKeyDown, autoFocus = false }: TextFieldProps) {
  const field = useRef<HTMLInputElement>(null);
  useEffect(() => {
    if (autoFocus) {
      field.current?.focus();
    }
  }, [autoFocus]);
  return (
    <input
      ref={field}
      class="text-field"
      type="text"
      aria-label={label}
      placeholder={label}
      value={value}
      onInput={(event) => onInput(event.currentTarget.value)}
      onKeyDown={onKeyDown}
    />
  );
}

export function Badge({ children }: { children: ComponentChildren }) {
  return <span class="badge">{children}</span>;
}

/** A path that opens in the editor; handled by the one click listener of the app. */
export function FileLink({ path, line, label }: { path: string; line?: number; label?: string }) {
  return (
    <button type="button" class="file-link" data-path={path} data-line={line} title={t('Open {0}', visibleLine(path))}>
      {visibleLine(label ?? path)}
    </button>
  );
}
