import { Badge, Button } from '../controls/controls';
import { useSelect, useStore } from '../storeContext';

/** Says that Sage waits for an answer, however far the transcript is scrolled, and leads to the first card. */
export function PendingBar() {
  const store = useStore();
  const count = useSelect((state) => state.permissions.length + state.questions.length);
  const first = useSelect((state) => state.permissions[0]?.callId ?? state.questions[0]?.callId ?? null);
  if (first === null) {
    return null;
  }
  return (
    <div class="pending-bar" data-testid="pending-bar">
      <Badge>{count}</Badge>
      <span class="pending-text">{count === 1 ? 'Sage waits for your answer' : 'Sage waits for your answers'}</span>
      <Button
        secondary
        onClick={() => {
          store.revealed.value = { callId: first };
        }}
      >
        Review
      </Button>
    </div>
  );
}
