import { useEffect, useRef, useState } from 'preact/hooks';
import type { PlanComment, ReviewPlanParams, ReviewPlanResult } from '../../../../src/protocol/generated';
import { t } from '../../../l10n';
import { answerPlan } from '../../../state/commands';
import { Button, TextField } from '../../controls/controls';
import { useStore } from '../../storeContext';
import { focusDelayMs, focusNextCard, offerFocus } from '../approvalFocus';
import { useInSight } from '../inSight';
import { PlanField } from './planField';
import { PlanParts } from './planParts';
import { usePlanDraft } from './usePlanDraft';

/** A plan of the model: every part of it can be commented on, all of it changed, accepted or refused. */
export function PlanCard({ request }: { request: ReviewPlanParams }) {
  const store = useStore();
  const card = useRef<HTMLElement>(null);
  const buttons = useInSight(request.callId);
  const { draft, plan, comment, uncomment, change, say } = usePlanDraft(request);
  const [isEditing, setEditing] = useState(false);
  const words = draft.words.trim();
  const hasWords = words !== '' || draft.comments.length > 0;

  useEffect(() => {
    const timer = setTimeout(() => offerFocus(store, card.current), focusDelayMs);
    return () => clearTimeout(timer);
  }, [store]);

  const answer = (given: Pick<ReviewPlanResult, 'decision' | 'mode'>) => {
    answerPlan(store, request.callId, {
      ...given,
      ...(draft.changed === null ? {} : { plan: draft.changed }),
      ...(draft.comments.length === 0 ? {} : { comments: draft.comments }),
      ...(words === '' ? {} : { reason: words }),
    });
    focusNextCard(store);
  };
  const revise = () => hasWords && answer({ decision: 'revise' });

  return (
    <section
      class="request plan-card"
      aria-label={t('Plan to review')}
      data-testid="plan-review"
      data-card-focus=""
      ref={card}
      tabIndex={-1}
    >
      <p class="request-title">
        {draft.changed === null ? t('Review this plan') : t('Review this plan, as you changed it')}
      </p>
      {isEditing ? (
        <PlanField plan={plan} isChanged={draft.changed !== null} onInput={change} onDone={() => setEditing(false)} />
      ) : (
        <PlanParts plan={plan} comments={draft.comments} onComment={comment} onRemove={uncomment} />
      )}
      <TextField
        label={t('What should be different? Enter sends it.')}
        value={draft.words}
        onInput={say}
        onKeyDown={(event) => {
          if (event.key === 'Enter' && !event.isComposing && event.keyCode !== 229 && !event.repeat) {
            event.preventDefault();
            revise();
          }
        }}
      />
      <div class="request-actions" ref={buttons}>
        <Button
          testId="plan-accept"
          title={t('Sage carries it out, and asks before each edit and command')}
          onClick={() => answer({ decision: 'accept', mode: 'ask' })}
        >
          {t('Accept')}
        </Button>
        <Button
          testId="plan-accept-auto"
          secondary
          title={t('Sage carries it out, edits without asking, and asks before each command')}
          onClick={() => answer({ decision: 'accept', mode: 'autoEdit' })}
        >
          {t('Accept, edit automatically')}
        </Button>
        <Button testId="plan-revise" secondary disabled={!hasWords} onClick={revise}>
          {sendLabel(draft.comments)}
        </Button>
        {!isEditing && (
          <Button testId="plan-edit" secondary onClick={() => setEditing(true)}>
            {t('Edit plan')}
          </Button>
        )}
        <Button
          testId="plan-reject"
          secondary
          title={t('Ends the turn')}
          onClick={() => answer({ decision: 'reject' })}
        >
          {t('Reject')}
        </Button>
      </div>
    </section>
  );
}

function sendLabel(comments: readonly PlanComment[]): string {
  return comments.length === 0 ? t('Send comments') : t('Send comments ({0})', comments.length);
}
