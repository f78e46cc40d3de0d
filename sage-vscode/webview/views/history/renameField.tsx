import { useEffect, useRef } from 'preact/hooks';
import { t } from '../../l10n';

const longest = 80;

/** Another name for a session: Enter or a click elsewhere keeps it, Escape does not. Null when nothing is to change. */
export function RenameField({ title, onDone }: { title: string; onDone: (name: string | null) => void }) {
  const field = useRef<HTMLInputElement>(null);
  const isDone = useRef(false);
  useEffect(() => field.current?.select(), []);
  const done = (name: string | null) => {
    // The field also loses the focus when it goes.
    if (!isDone.current) {
      isDone.current = true;
      onDone(name === '' ? null : name);
    }
  };
  return (
    <input
      ref={field}
      class="text-field"
      type="text"
      aria-label={t('New name of {0}', title)}
      data-testid="rename-field"
      defaultValue={title}
      maxLength={longest}
      onBlur={(event) => done(event.currentTarget.value.trim())}
      onKeyDown={(event) => {
        event.stopPropagation();
        if (event.isComposing) {
          return;
        }
        if (event.key === 'Enter') {
          done(event.currentTarget.value.trim());
        } else if (event.key === 'Escape') {
          done(null);
        }
      }}
    />
  );
}
