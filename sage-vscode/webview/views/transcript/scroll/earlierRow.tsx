import { useRef } from 'preact/hooks';
import { t } from '../../../l10n';
import { askEarlier } from '../../../state/commands';
import { Icon } from '../../controls/icon';
import { useSelect, useStore } from '../../storeContext';

/** As high as its style says: what is below it has to know. */
export const earlierHeight = 32;

/** Whether the session was longer than what it was opened with. */
export function useWasCut(): boolean {
  const isCut = useSelect((state) => state.transcript.earlier !== null);
  const wasCut = useRef(isCut);
  wasCut.current ||= isCut;
  return wasCut.current;
}

/** Stands above a long session and brings the part before it. It stays when all is there, so that nothing jumps. */
export function EarlierRow() {
  const store = useStore();
  const state = useSelect(({ transcript }) => transcript.earlier?.state ?? null);
  return (
    <div class="earlier" data-testid="earlier" data-state={state ?? 'all'}>
      {state === null && <span class="muted">{t('The beginning of the session')}</span>}
      {state === 'loading' && (
        <span class="muted" role="status">
          <Icon name="loading" spin /> {t('Loading…')}
        </span>
      )}
      {(state === 'more' || state === 'failed') && (
        <button type="button" class="link-button" onClick={() => askEarlier(store)}>
          {t('Show earlier')}
        </button>
      )}
    </div>
  );
}
