import { t } from '../../l10n';
import { Button } from '../controls/controls';
import { Icon } from '../controls/icon';
import { useSelect, useStore } from '../storeContext';

/** Says so where the user does not trust the workspace, and offers the editor's page about it. */
export function TrustBanner() {
  const store = useStore();
  const trusted = useSelect((state) => state.trusted);
  if (trusted) {
    return null;
  }
  return (
    <div class="banner restricted" role="status" data-testid="trust-banner">
      <Icon name="shield" />
      <span class="banner-text">
        {t(
          'Restricted: this workspace is not trusted. Sage only reads, and does not follow its rule files (AGENTS.md).',
        )}
      </span>
      <span class="banner-actions">
        <Button secondary testId="manage-trust" onClick={() => store.send({ type: 'manageTrust' })}>
          {t('Manage trust')}
        </Button>
      </span>
    </div>
  );
}
