import { type ComponentChildren, h, type Ref } from 'preact';
import { useEffect, useRef } from 'preact/hooks';
import { Icon } from './icon';

interface ButtonProps {
  readonly children: ComponentChildren;
  readonly onClick: () => void;
  readonly secondary?: boolean;
  readonly disabled?: boolean;
  readonly testId?: string;
  readonly title?: string;
  readonly buttonRef?: Ref<HTMLElement>;
}

/** The editor's own button. */
export function Button({
  children,
  onClick,
  secondary = false,
  disabled = false,
  testId,
  title,
  buttonRef,
}: ButtonProps) {
  const props = { onClick, onKeyDown: keepKey, secondary, disabled, 'data-testid': testId, title, ref: buttonRef };
  return h('vscode-button', props, children);
}

/** The key that pressed a button must not be typed into the field that has the focus afterwards. */
function keepKey(event: KeyboardEvent): void {
  if (event.key === 'Enter' || event.key === ' ') {
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
  const change = (event: Event) => onChange((event.currentTarget as HTMLInputElement).checked);
  return h('vscode-checkbox', { label, checked, onChange: change });
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
  const field = useRef<HTMLElement>(null);
  useEffect(() => {
    if (autoFocus) {
      field.current?.focus();
    }
  }, [autoFocus]);
  const input = (event: Event) => onInput((event.currentTarget as HTMLInputElement).value);
  return h('vscode-textfield', { ref: field, label, placeholder: label, value, onInput: input, onKeyDown });
}

export function Badge({ children }: { children: ComponentChildren }) {
  return h('vscode-badge', { variant: 'counter' }, children);
}

/** A path that opens in the editor; handled by the one click listener of the app. */
export function FileLink({ path, line, label }: { path: string; line?: number; label?: string }) {
  return (
    <button type="button" class="file-link" data-path={path} data-line={line} title={`Open ${path}`}>
      {label ?? path}
    </button>
  );
}
