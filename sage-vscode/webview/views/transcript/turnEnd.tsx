import type { TokenUsage } from '../../../src/protocol/generated';
import { t } from '../../l10n';
import type { TurnEndItem } from '../../state/chatState';
import { sendPrompt } from '../../state/commands';
import type { Store } from '../../state/store';
import { formatCost, formatTokens } from '../../text/format';
import { useStore } from '../storeContext';
import { ErrorCard } from './errorCard';
import { CopyButton } from './promptActions';
import { StopReport } from './stopTree';

/** How a turn ended: its cost, what was stopped, or what went wrong. */
export function TurnEndRow({ end }: { end: TurnEndItem }) {
  const store = useStore();
  return (
    <footer class="turn-end" data-testid="item-turn-end" data-outcome={end.outcome}>
      {end.outcome === 'failed' && (
        <ErrorCard
          code={end.error?.code ?? 'internal'}
          message={end.error?.message ?? t('The turn failed without a reason. The log may tell more.')}
          onRetry={end.input.length === 0 ? null : () => sendPrompt(store, end.input)}
        />
      )}
      {end.stopped.length > 0 && <StopReport stopped={end.stopped} />}
      <p class="turn-facts">
        <span>{outcomeWords()[end.outcome]}</span>
        <Tokens usage={end.usage} />
        <CopyButton text={() => answerBefore(store, end)} label={t('Copy the answer as Markdown')} />
      </p>
    </footer>
  );
}

/** What was said since the prompt that it ends. */
function answerBefore(store: Store, end: TurnEndItem): string {
  const { items } = store.state.peek().transcript;
  const at = items.indexOf(end);
  const from = items.slice(0, at).findLastIndex((item) => item.kind === 'user' && !item.isSteer);
  const replies = items.slice(from + 1, at).flatMap((item) => (item.kind === 'reply' ? [item.text.trim()] : []));
  return replies.filter((text) => text !== '').join('\n\n');
}

const outcomeWords = (): Readonly<Record<TurnEndItem['outcome'], string>> => ({
  completed: t('Done'),
  interrupted: t('Stopped'),
  failed: t('Failed'),
  budgetExceeded: t('Stopped: the budget is used up'),
  maxSteps: t('Stopped: the limit of steps is reached'),
});

function Tokens({ usage }: { usage: TokenUsage }) {
  if (usage.inputTokens + usage.outputTokens === 0) {
    return null;
  }
  const cached = usage.cachedInputTokens ?? 0;
  const cost = usage.cost === undefined ? '' : formatCost(usage.cost);
  const about = (words: string) => (usage.estimated === true ? t('about {0}', words) : words);
  const input =
    cached > 0
      ? t('{0} input tokens ({1} from cache)', usage.inputTokens, cached)
      : t('{0} input tokens', usage.inputTokens);
  const counts = about(t('{0}, {1} output tokens', input, usage.outputTokens));
  const detail = cost === '' ? t('{0}; the price is not known', counts) : t('{0}, {1}', counts, cost);
  return (
    <span title={detail}>
      <span aria-hidden="true">
        {about(t('↑ {0} · ↓ {1} tokens', formatTokens(usage.inputTokens), formatTokens(usage.outputTokens)))}
        {cost !== '' && ` · ${cost}`}
      </span>
      <span class="sr-only">{detail}</span>
    </span>
  );
}
