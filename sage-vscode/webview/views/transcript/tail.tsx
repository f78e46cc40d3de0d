import { useComputed } from '@preact/signals';
import type { InputPart, PermissionRequestParams, Retrying } from '../../../src/protocol/generated';
import { t } from '../../l10n';
import { type ChatState, isBusy, requestsOf, type Transcript } from '../../state/chatState';
import { sendPrompt } from '../../state/commands';
import { wordsOf } from '../../state/prompts';
import { formatDuration } from '../../text/format';
import { visibleLine } from '../../text/visible';
import { Icon } from '../controls/icon';
import { ApprovalCard } from '../requests/approvalCard';
import { PlanCard } from '../requests/plan/planCard';
import { QuestionCard } from '../requests/questionCard';
import { useSelect, useStore } from '../storeContext';
import { DraftCallRow } from '../tools/draftCall';
import { useSeconds } from '../useSeconds';
import { ErrorCard } from './errorCard';
import { StopTree } from './stopTree';
import { Prompt } from './userPrompt';

/** What stands below the last event: the prompt on its way, calls being written, and whether work goes on. */
export function Tail() {
  const store = useStore();
  const outbox = useSelect((state) => state.outbox);
  const rejected = useSelect((state) => state.rejected);
  const drafts = useSelect((state) => state.transcript.live.drafts);
  const retrying = useSelect((state) => state.transcript.live.retrying);
  const compacting = useSelect((state) => state.transcript.live.compacting);
  const busy = useSelect(isBusy);
  const retry = (input: readonly InputPart[]) => () => sendPrompt(store, input);
  return (
    <div class="tail">
      {outbox !== null && <Unsent input={outbox} />}
      {rejected !== null && (
        <>
          {rejected.isUnseen && <Unsent input={rejected.input} />}
          <ErrorCard
            code={rejected.reason ?? 'rejected'}
            message={rejected.message}
            onRetry={rejected.input.length === 0 ? null : retry(rejected.input)}
          />
        </>
      )}
      {drafts.map((call) => (
        <DraftCallRow key={call.callId} call={call} />
      ))}
      <Strays />
      {retrying !== null && <RetryLine key={retrying.attempt} retrying={retrying} />}
      {(busy || compacting) && retrying === null && <WorkingLine />}
      <StopTree />
    </div>
  );
}

function Unsent({ input }: { input: readonly InputPart[] }) {
  return (
    <Prompt id="outbox" prompt={wordsOf(input)} attachments={input.filter((part) => part.type !== 'text')} pending />
  );
}

/** Requests whose call is not in the transcript (yet): nobody may be left waiting. */
export function Strays() {
  const store = useStore();
  const known = useComputed(() => {
    const { items } = store.state.value.transcript;
    return new Set(items.flatMap((item) => (item.kind === 'tool' ? [item.id] : [])));
  });
  const permissions = useSelect((state) => state.permissions).filter((request) => !known.value.has(request.callId));
  const questions = useSelect((state) => state.questions).filter((request) => !known.value.has(request.callId));
  const plans = useSelect((state) => state.plans).filter((request) => !known.value.has(request.callId));
  return (
    <>
      {permissions.map((request) => (
        <article key={request.callId} class="tool waiting">
          <div class="tool-line">
            <Icon name="bell-dot" class="tool-icon" />
            <span class="tool-title">{titleOf(store.state.value.transcript, request)}</span>
          </div>
          <ApprovalCard request={request} />
        </article>
      ))}
      {questions.map((request) => (
        <QuestionCard key={request.callId} request={request} />
      ))}
      {plans.map((request) => (
        <PlanCard key={request.callId} request={request} />
      ))}
    </>
  );
}

/** A call inside a sub-agent says whose it is. */
function titleOf({ items }: Transcript, { callId, title }: PermissionRequestParams): string {
  const owner = items.findLast(
    (item) => item.kind === 'tool' && item.inside?.lines.some((line) => line.kind === 'call' && line.id === callId),
  );
  return visibleLine(owner?.kind === 'tool' ? `${owner.title} → ${title}` : title);
}

function RetryLine({ retrying }: { retrying: Retrying }) {
  const elapsed = useSeconds();
  const left = Math.max(0, Math.ceil(retrying.delayMs / 1000) - elapsed);
  const when = left === 0 ? t('trying again now') : t('trying again in {0} s', left);
  return (
    <p class="status-line" data-testid="retrying">
      <Icon name="sync" spin />
      <span>{t('{0}, {1}', retrying.reason, when)}</span>
      {retrying.attempt > 1 && <span class="muted">{t('attempt {0}', retrying.attempt)}</span>}
    </p>
  );
}

const showSecondsFrom = 3;

function WorkingLine() {
  const phase = useSelect(phaseOf);
  const elapsed = useSeconds();
  if (phase === null) {
    return null;
  }
  return (
    <p class="status-line" data-testid="working">
      <Icon name="loading" spin />
      <span>{phase}</span>
      {elapsed >= showSecondsFrom && (
        <span class="muted">{elapsed < 60 ? t('{0} s', elapsed) : formatDuration(elapsed * 1000)}</span>
      )}
    </p>
  );
}

/** Null while Sage waits for the user: the cards say so. */
function phaseOf(state: ChatState): string | null {
  if (state.stopping) {
    return t('Stopping…');
  }
  if (requestsOf(state).length > 0) {
    return null;
  }
  if (state.transcript.live.compacting) {
    return t('Summarising the conversation…');
  }
  return state.outbox === null ? t('Working…') : t('Sending…');
}
