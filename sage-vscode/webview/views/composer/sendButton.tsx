import { t } from '../../l10n';
import { isBusy } from '../../state/chatState';
import { stopTurn } from '../../state/commands';
import { Icon } from '../controls/icon';
import { useSelect, useStore } from '../storeContext';

/** Send, or while a turn runs Stop with Steer and Queue; a stop is shown the moment it is asked for. */
export function SendButton({ onSend, onQueue }: { onSend: () => void; onQueue: () => void }) {
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
        aria-label={t('Send')}
        title={t('Send (Enter)')}
        disabled={store.draft.value.trim() === '' || serverGone}
        onClick={onSend}
      >
        <Icon name="send" />
      </button>
    );
  }
  return (
    <>
      {store.draft.value.trim() !== '' && !stopping && (
        <>
          <button
            type="button"
            class="send-button quiet"
            data-testid="composer-queue"
            aria-label={t('Queue')}
            title={t('Queue: send it when this turn has ended (Alt+Enter)')}
            onClick={onQueue}
          >
            <Icon name="list-ordered" />
          </button>
          <button
            type="button"
            class="send-button"
            data-testid="composer-steer"
            aria-label={t('Steer')}
            title={t('Steer: Sage reads it before its next reply (Enter)')}
            onClick={onSend}
          >
            <Icon name="send" />
          </button>
        </>
      )}
      <button
        type="button"
        class="send-button stop"
        data-testid="composer-stop"
        title={stopping ? t('Kill what has not ended yet (Esc)') : t('Stop (Esc)')}
        onClick={() => stopTurn(store)}
      >
        <Icon name={stopping ? 'loading' : 'debug-stop'} spin={stopping} />
        <span>{stopping ? t('Stopping…') : t('Stop')}</span>
      </button>
    </>
  );
}
