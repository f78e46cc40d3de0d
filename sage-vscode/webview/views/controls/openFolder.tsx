import { t } from '../../l10n';
import { useStore } from '../storeContext';
import { Button } from './controls';

/** The way out of a window without a folder. */
export function OpenFolder() {
  const store = useStore();
  return (
    <Button testId="open-folder" onClick={() => store.send({ type: 'openFolder' })}>
      {t('Open folder')}
    </Button>
  );
}
