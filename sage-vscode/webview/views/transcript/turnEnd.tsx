import type { TokenUsage } from '../../../src/protocol/generated';
import type { TurnEndItem } from '../../state/chatState';
import { sendPrompt } from '../../state/commands';
import { formatCost, formatTokens } from '../../text/format';
import { useStore } from '../storeContext';
import { ErrorCard } from './errorCard';
import { StopReport } from './stopTree';

/** How a turn ended: its cost, what was stopped, or what went wrong. */
export function TurnEndRow({ end }: { end: TurnEndItem }) {
  const store = useStore();
  return (
    <footer class="turn-end" data-testid="item-turn-end" data-outcome={end.outcome}>
      {end.outcome === 'failed' && (
        <ErrorCard
          code={end.error?.code ?? 'internal'}
          message={end.error?.message ?? 'The turn failed without a reason. The log may tell more.'}
          onRetry={end.input.length === 0 ? null : () => sendPrompt(store, end.input)}
        />
      )}
      {end.stopped.length > 0 && <StopReport stopped={end.stopped} />}
      <p class="turn-facts">
        <span>{outcomeWords[end.outcome]}</span>
        <Tokens usage={end.usage} />
      </p>
    </footer>
  );
}

const outcomeWords: Readonly<Record<TurnEndItem['outcome'], string>> = {
  completed: 'Done',
  interrupted: 'Stopped',
  failed: 'Failed',
  budgetExceeded: 'Stopped: the budget is used up',
  maxSteps: 'Stopped: the limit of steps is reached',
};

function Tokens({ usage }: { usage: TokenUsage }) {
  if (usage.inputTokens + usage.outputTokens === 0) {
    return null;
  }
  const cached = usage.cachedInputTokens ?? 0;
  const about = usage.estimated === true ? 'about ' : '';
  const cost = usage.cost === undefined ? '' : formatCost(usage.cost);
  const fromCache = cached > 0 ? ` (${cached} from cache)` : '';
  const counts = `${about}${usage.inputTokens} input tokens${fromCache}, ${usage.outputTokens} output tokens`;
  const detail = cost === '' ? `${counts}; the price is not known` : `${counts}, ${cost}`;
  return (
    <span title={detail}>
      <span aria-hidden="true">
        {about}↑ {formatTokens(usage.inputTokens)} · ↓ {formatTokens(usage.outputTokens)} tokens
        {cost !== '' && ` · ${cost}`}
      </span>
      <span class="sr-only">{detail}</span>
    </span>
  );
}
