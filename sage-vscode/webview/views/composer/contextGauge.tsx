import { t } from '../../l10n';
import type { ChatState } from '../../state/chatState';
import { formatTokens } from '../../text/format';
import { useSelect, useStore } from '../storeContext';
import { estimateTokens } from './promptSize';

/** Smaller prompts than this are not worth a number. */
const worthSaying = 500;

/** From here on the ring says that the conversation will soon be made shorter. */
const nearlyFull = 0.8;

/** How full the model's context is, as a ring, and about how much the prompt adds that is being written. */
export function ContextGauge() {
  const store = useStore();
  const used = useSelect(usedTokens);
  const size = useSelect(contextSize);
  const attachments = useSelect((state) => state.attachments);
  const sessionId = useSelect((state) => state.transcript.sessionId);
  const prompt = estimateTokens(store.draft.value, attachments);
  const share = size === null ? 0 : Math.min(1, used / size);
  const says = prompt >= worthSaying;
  if (!says && (used === 0 || size === null)) {
    return null;
  }
  const full = size === null ? '' : t('Context: {0} % of {1} tokens', Math.round(share * 100), formatTokens(size));
  const adds = says ? t('This prompt: about {0} tokens', formatTokens(prompt)) : '';
  const label = [full, adds].filter((part) => part !== '').join('. ');
  return (
    <button
      type="button"
      class="context-gauge"
      data-testid="context-gauge"
      data-share={Math.round(share * 100)}
      aria-label={label}
      title={label}
      disabled={sessionId === null}
      onClick={() => sessionId !== null && store.send({ type: 'show', what: 'context' })}
    >
      {says && <span>~{formatTokens(prompt)}</span>}
      {size !== null && <Ring share={share} />}
    </button>
  );
}

/** Of the last request, with what it answered: that is what the next one begins with. */
function usedTokens({ transcript: { usage } }: ChatState): number {
  return usage === null ? 0 : usage.inputTokens + usage.outputTokens;
}

function contextSize({ models, transcript }: ChatState): number | null {
  const id = transcript.model ?? models?.selected;
  return models?.models.find((model) => model.id === id)?.contextWindow ?? null;
}

const radius = 6;
const around = 2 * Math.PI * radius;

function Ring({ share }: { share: number }) {
  return (
    <svg class={share >= nearlyFull ? 'nearly-full' : ''} width="16" height="16" viewBox="0 0 16 16" aria-hidden="true">
      <circle class="gauge-track" cx="8" cy="8" r={radius} />
      <circle
        class="gauge-used"
        cx="8"
        cy="8"
        r={radius}
        stroke-dasharray={`${around * share} ${around}`}
        transform="rotate(-90 8 8)"
      />
    </svg>
  );
}
