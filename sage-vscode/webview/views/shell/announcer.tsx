import { useEffect, useRef, useState } from 'preact/hooks';
import { t } from '../../l10n';
import type { ChatState, RestoreItem } from '../../state/chatState';
import { restoreWords } from '../../text/restoreWords';
import { useSelect } from '../storeContext';

/** Tells screen readers, politely, what happens: never the streamed words themselves. */
export function Announcer() {
  const running = useSelect((state) => state.transcript.running);
  const waiting = useSelect(firstRequest);
  const ending = useSelect(lastEnding);
  const rejection = useSelect((state) => state.rejected?.message ?? null);
  const session = useSelect((state) => state.transcript.sessionId);
  const restore = useSelect(lastRestore);
  const known = useRef({ session, restore });
  const [text, setText] = useState('');
  const wasRunning = useRef(running);

  useEffect(() => {
    if (waiting !== null) {
      setText(waiting);
    }
  }, [waiting]);
  useEffect(() => {
    // What an older session tells when it is opened is no news.
    if (restore !== null && restore.id !== known.current.restore?.id && session === known.current.session) {
      setText(t('{0}.', restoreWords(restore)));
    }
    known.current = { session, restore };
  }, [session, restore]);
  useEffect(() => {
    if (rejection !== null) {
      setText(rejection);
    }
  }, [rejection]);
  useEffect(() => {
    if (running !== wasRunning.current) {
      wasRunning.current = running;
      setText(running ? t('Sage is working.') : ending);
    }
  }, [running, ending]);

  return (
    <div class="sr-only" role="status" aria-live="polite" data-testid="announcer">
      {text}
    </div>
  );
}

function firstRequest(state: ChatState): string | null {
  const [permission] = state.permissions;
  if (permission !== undefined) {
    const more = state.permissions.length - 1;
    const danger = permission.danger === undefined ? '' : ` ${t('Warning: {0}', permission.danger)}`;
    const others = more > 0 ? ` ${t('{0} more waiting.', more)}` : '';
    return `${t('Approval needed: {0}.', permission.title)}${danger}${others}`;
  }
  const [question] = state.questions;
  if (question !== undefined) {
    return t('Sage asks: {0}', question.questions[0]?.text ?? '');
  }
  return state.plans.length === 0 ? null : t('Sage has a plan for you to review.');
}

function lastRestore({ transcript }: ChatState): RestoreItem | null {
  const last = transcript.items.at(-1);
  return last?.kind === 'restore' ? last : null;
}

function lastEnding({ transcript }: ChatState): string {
  const last = transcript.items.at(-1);
  if (last?.kind !== 'turnEnd') {
    return t('Sage has stopped.');
  }
  switch (last.outcome) {
    case 'completed':
      return t('Sage has finished.');
    case 'interrupted':
      return t('Stopped.');
    default:
      return t('Sage could not finish. {0}', last.error?.message ?? '');
  }
}
