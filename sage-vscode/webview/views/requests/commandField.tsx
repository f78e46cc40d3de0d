import { useEffect, useId, useRef } from 'preact/hooks';
import { t } from '../../l10n';

interface CommandFieldProps {
  readonly command: string;
  readonly isChanged: boolean;
  readonly onInput: (command: string) => void;
  readonly onAllow: () => void;
  readonly onCancel: () => void;
}

/** Another command in place of the model's. Enter breaks the line, Ctrl+Enter allows, Escape takes the change back. */
export function CommandField({ command, isChanged, onInput, onAllow, onCancel }: CommandFieldProps) {
  const field = useRef<HTMLTextAreaElement>(null);
  const noteId = useId();
  useEffect(() => {
    const end = field.current?.value.length ?? 0;
    field.current?.focus();
    field.current?.setSelectionRange(end, end);
  }, []);

  const onKeyDown = (event: KeyboardEvent) => {
    if (event.isComposing || event.keyCode === 229) {
      return;
    }
    if (event.key === 'Escape') {
      event.preventDefault();
      event.stopPropagation();
      onCancel();
    } else if (event.key === 'Enter' && (event.ctrlKey || event.metaKey) && !event.repeat) {
      event.preventDefault();
      onAllow();
    }
  };
  return (
    <>
      <textarea
        ref={field}
        class="text-field command-field"
        data-testid="approval-command"
        aria-label={t('Command to run instead')}
        aria-describedby={noteId}
        spellcheck={false}
        rows={1}
        value={command}
        onInput={(event) => onInput(event.currentTarget.value)}
        onKeyDown={onKeyDown}
      />
      <p class="request-note muted" id={noteId} role="status" data-testid="approval-note">
        {isChanged &&
          `${t('It runs once, as you wrote it, and without another warning: only what Sage wrote can be allowed for longer.')} `}
        {t('Ctrl+Enter allows, Escape takes the change back.')}
      </p>
    </>
  );
}
