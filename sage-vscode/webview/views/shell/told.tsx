import { t } from '../../l10n';
import { IconButton } from '../controls/controls';
import { Icon } from '../controls/icon';
import { useSelect, useStore } from '../storeContext';

/** What was done that nothing else shows, until the next prompt. */
export function Told() {
  const store = useStore();
  const text = useSelect((state) => state.told);
  return (
    <div role="status">
      {text !== null && (
        <p class="told" data-testid="told">
          <Icon name="info" />
          <span>{text}</span>
          <IconButton icon="close" label={t('Close')} onClick={() => store.act({ type: 'toldClosed' })} />
        </p>
      )}
    </div>
  );
}
