import type { ComponentChildren } from 'preact';
import { t } from '../../l10n';
import { Button } from '../controls/controls';
import { useInSight } from './inSight';

interface AnswerButtonsProps {
  readonly callId: string;
  /** The id of the warning; null where nothing is dangerous. */
  readonly dangerId: string | null;
  readonly canAllow: boolean;
  /** Gets the button that the keyboard should meet first. */
  readonly first: { current: HTMLElement | null };
  readonly onAllow: () => void;
  readonly onDeny: () => void;
  readonly children: ComponentChildren;
}

/** Allow and Deny. The first one for the keyboard is Allow, unless something dangerous would be allowed. */
export function AnswerButtons({ callId, dangerId, canAllow, first, onAllow, onDeny, children }: AnswerButtonsProps) {
  const row = useInSight(callId);
  const isDangerous = dangerId !== null;
  const mark = markFocus(first);
  return (
    <div class="request-actions" ref={row}>
      <Button
        testId="approval-allow"
        secondary={isDangerous}
        describedBy={dangerId ?? undefined}
        disabled={!canAllow}
        onClick={onAllow}
        buttonRef={isDangerous ? leave : mark}
      >
        {t('Allow once')}
      </Button>
      <Button
        testId="approval-deny"
        secondary={!isDangerous}
        describedBy={dangerId ?? undefined}
        onClick={onDeny}
        title={t('Deny (Escape)')}
        buttonRef={isDangerous ? mark : leave}
      >
        {t('Deny')}
      </Button>
      {children}
    </div>
  );
}

function markFocus(ref: { current: HTMLElement | null }) {
  return (element: HTMLElement | null) => {
    ref.current = element;
    element?.setAttribute('data-card-focus', '');
  };
}

const leave = () => {};
