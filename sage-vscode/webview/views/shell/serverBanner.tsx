import { t } from '../../l10n';
import { Button } from '../controls/controls';
import { Icon } from '../controls/icon';
import { useSelect, useStore } from '../storeContext';

/** Says so when the server is gone, and offers the way back. */
export function ServerBanner() {
  const store = useStore();
  const server = useSelect((state) => state.server);
  if (server.kind !== 'stopped') {
    return null;
  }
  return (
    <div class="banner" role="alert" data-testid="server-banner">
      <Icon name="error" />
      <span class="banner-text">{server.message}</span>
      <span class="banner-actions">
        {server.canRestart && <Button onClick={() => store.send({ type: 'restartServer' })}>{t('Restart')}</Button>}
        <Button secondary onClick={() => store.send({ type: 'showLog' })}>
          {t('Show log')}
        </Button>
      </span>
    </div>
  );
}
