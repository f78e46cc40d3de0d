import { isBusy } from '../../state/chatState';
import { stopTurn } from '../../state/commands';
import { Icon } from '../controls/icon';
import { useSelect, useStore } from '../storeContext';

/** Send, or while a turn runs Stop; a stop is shown the moment it is asked for. */
export function SendButton({ onSend }: { onSend: () => void }) {
  const store = useStore();
  const busy = useSelect(isBusy);
  const stopping = useSelect((state) => state.stopping);
  const serverGone = useSelect((state) => state.server.kind === 'stopped');
  if (!busy) {
    return (
      <button
        type="button"
        class="send-button"
        data-testid="composer-send"
        aria-label="Send"
        title="Send (Enter)"
        disabled={store.draft.value.trim() === '' || serverGone}
        onClick={onSend}
      >
        <Icon name="send" />
      </button>
    );
  }
  return (
    <button
      type="button"
      class="send-button stop"
      data-testid="composer-stop"
      title="Stop (Esc)"
      onClick={() => stopTurn(store)}
    >
      <Icon name={stopping ? 'loading' : 'debug-stop'} spin={stopping} />
      <span>{stopping ? 'Stopping…' : 'Stop'}</span>
    </button>
  );
}
