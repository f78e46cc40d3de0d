import { t } from '../../l10n';
import type { Store } from '../../state/store';
import { Badge, Button } from '../controls/controls';
import { useSelect, useStore } from '../storeContext';

/** Says that Sage waits for an answer, while not all that it asks is in sight, and leads to the first such card. */
export function PendingBar() {
  const store = useStore();
  const permissions = useSelect((state) => state.permissions);
  const questions = useSelect((state) => state.questions);
  const plans = useSelect((state) => state.plans);
  const isCovered = useSelect((state) => state.history !== null);
  const waiting = [...permissions, ...questions, ...plans];
  const inSight = store.inSight.value;
  const first = waiting.find(({ callId }) => isCovered || !inSight.has(callId));
  if (first === undefined) {
    return null;
  }
  return (
    <div class="pending-bar" data-testid="pending-bar">
      <Badge>{waiting.length}</Badge>
      <span class="pending-text">
        {waiting.length === 1 ? t('Sage waits for your answer') : t('Sage waits for your answers')}
      </span>
      <Button secondary onClick={() => reveal(store, first.callId)}>
        {t('Review')}
      </Button>
    </div>
  );
}

function reveal(store: Store, callId: string): void {
  if (store.state.peek().history !== null) {
    store.act({ type: 'focusComposer' });
  }
  store.revealed.value = { callId };
}
