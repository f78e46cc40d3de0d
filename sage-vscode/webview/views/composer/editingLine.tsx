import { t } from '../../l10n';
import { cancelEdit } from '../../state/commands';
import { Icon } from '../controls/icon';
import { useSelect, useStore } from '../storeContext';

/** Says that what is written takes the place of an earlier prompt, and leads out of that. */
export function EditingLine() {
  const store = useStore();
  const phase = useSelect((state) => state.editing?.phase ?? null);
  return phase === null ? null : (
    <p class="editing" role="status" data-testid="editing">
      <Icon name={phase === 'writing' ? 'edit' : 'loading'} spin={phase !== 'writing'} />
      <span>{t('Sends in a new session; this one stays.')}</span>
      <button
        type="button"
        class="link-button"
        data-testid="cancel-edit"
        disabled={phase === 'sending'}
        onClick={() => cancelEdit(store)}
      >
        {t('Cancel')}
      </button>
    </p>
  );
}
