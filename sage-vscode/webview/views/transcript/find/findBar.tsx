import { useEffect, useRef } from 'preact/hooks';
import { t } from '../../../l10n';
import { IconButton } from '../../controls/controls';
import { useStore } from '../../storeContext';
import { useWasCut } from '../scroll/earlierRow';
import type { Find } from './useFind';

/** The field for words to look for, as in the editor. */
export function FindBar({ words, setWords, count, at, step }: Find) {
  const store = useStore();
  const field = useRef<HTMLInputElement>(null);
  const wasCut = useWasCut();
  const isOpen = store.finding.value;
  useEffect(() => field.current?.select(), [isOpen]);
  if (!isOpen) {
    return null;
  }
  const close = () => {
    store.finding.value = false;
    document.querySelector<HTMLElement>('[data-testid="composer-input"]')?.focus({ preventScroll: true });
  };
  const result = words.trim() === '' ? '' : count === 0 ? t('No results') : t('{0} of {1}', at + 1, count);
  return (
    // biome-ignore lint/a11y/useSemanticElements: `search` is not known to the browsers of older editors
    <div class="find-bar" role="search" data-testid="find-bar">
      <input
        ref={field}
        class="text-field"
        data-testid="find-field"
        aria-label={t('Find in conversation')}
        placeholder={t('Find in conversation')}
        spellcheck={false}
        value={words}
        onInput={(event) => setWords(event.currentTarget.value)}
        onKeyDown={(event) => {
          if (event.isComposing || event.keyCode === 229) {
            return;
          }
          if (event.key === 'Enter') {
            event.preventDefault();
            step(event.shiftKey ? -1 : 1);
          } else if (event.key === 'Escape') {
            event.preventDefault();
            close();
          }
        }}
      />
      <span
        class="find-count"
        role="status"
        data-testid="find-count"
        title={wasCut ? t('Earlier messages that are not loaded yet are left out.') : undefined}
      >
        {result}
        {wasCut && result !== '' && '+'}
      </span>
      <IconButton icon="arrow-up" label={t('Previous match (Shift+Enter)')} onClick={() => step(-1)} />
      <IconButton icon="arrow-down" label={t('Next match (Enter)')} onClick={() => step(1)} />
      <IconButton icon="close" label={t('Close (Escape)')} onClick={close} />
    </div>
  );
}
