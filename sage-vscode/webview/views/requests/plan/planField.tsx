import { useEffect, useId, useRef } from 'preact/hooks';
import { t } from '../../../l10n';
import { Button } from '../../controls/controls';

interface PlanFieldProps {
  readonly plan: string;
  readonly isChanged: boolean;
  readonly onInput: (plan: string) => void;
  readonly onDone: () => void;
}

/** The Markdown of a plan, to be changed. What is written here is the plan, without being saved. */
export function PlanField({ plan, isChanged, onInput, onDone }: PlanFieldProps) {
  const field = useRef<HTMLTextAreaElement>(null);
  const noteId = useId();
  useEffect(() => field.current?.focus(), []);

  const onKeyDown = (event: KeyboardEvent) => {
    if (event.key === 'Escape' && !event.isComposing && event.keyCode !== 229) {
      event.preventDefault();
      event.stopPropagation();
      onDone();
    }
  };
  return (
    <>
      <textarea
        ref={field}
        class="text-field command-field plan-field"
        data-testid="plan-field"
        aria-label={t('Plan, as Markdown')}
        aria-describedby={noteId}
        value={plan}
        onInput={(event) => onInput(event.currentTarget.value)}
        onKeyDown={onKeyDown}
      />
      <div class="request-actions">
        <Button testId="plan-done" secondary title={t('Back to the plan (Escape)')} onClick={onDone}>
          {t('Done editing')}
        </Button>
        <span class="request-note muted" id={noteId} role="status">
          {isChanged
            ? t('Sage gets the plan as you changed it.')
            : t('An empty plan, or the same one, changes nothing.')}
        </span>
      </div>
    </>
  );
}
