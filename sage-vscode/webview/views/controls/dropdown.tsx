import type { ComponentChildren } from 'preact';
import { useEffect, useRef, useState } from 'preact/hooks';
import { Icon } from './icon';

interface DropdownProps {
  /** What is chosen now. */
  readonly label: string;
  /** What can be chosen here, for screen readers and the hover. */
  readonly name: string;
  readonly icon: string;
  readonly testId: string;
  readonly children: (close: () => void) => ComponentChildren;
}

/** A small button that opens a panel above itself. */
export function Dropdown({ label, name, icon, testId, children }: DropdownProps) {
  const [open, setOpen] = useState(false);
  const root = useRef<HTMLDivElement>(null);
  const button = useRef<HTMLButtonElement>(null);

  useEffect(() => {
    if (!open) {
      return;
    }
    const closeOutside = (event: Event) => {
      if (event.target instanceof Node && !root.current?.contains(event.target)) {
        setOpen(false);
      }
    };
    document.addEventListener('pointerdown', closeOutside);
    document.addEventListener('focusin', closeOutside);
    return () => {
      document.removeEventListener('pointerdown', closeOutside);
      document.removeEventListener('focusin', closeOutside);
    };
  }, [open]);

  const close = () => {
    setOpen(false);
    button.current?.focus();
  };
  return (
    <div class="dropdown" ref={root}>
      <button
        ref={button}
        type="button"
        class="dropdown-button"
        aria-haspopup="listbox"
        aria-expanded={open}
        aria-label={`${name}: ${label}`}
        title={`${name}: ${label}`}
        data-testid={testId}
        onClick={() => setOpen(!open)}
      >
        <Icon name={icon} />
        <span class="dropdown-label">{label}</span>
        <Icon name="chevron-down" class="dropdown-chevron" />
      </button>
      {open && <div class="dropdown-panel">{children(close)}</div>}
    </div>
  );
}
