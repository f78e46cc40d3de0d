import type { HookRan } from '../../src/protocol/generated';
import { t } from '../l10n';

/** What a hook did, as a sentence that names it. */
export function hookWords({ on, hook, place, effect, text }: HookRan): string {
  const name = `${hook} (${place})`;
  const because = (words: string) => (text === undefined ? words : t('{0}: {1}', words, text));
  switch (effect) {
    case 'denied':
      return because(t('Denied by the hook {0}', name));
    case 'asked':
      return because(t('Asked because of the hook {0}', name));
    case 'allowed':
      return because(t('Allowed by the hook {0}', name));
    case 'changed':
      return t('Arguments changed by the hook {0}', name);
    case 'added':
      return t('The model also reads what the hook {0} says', name);
    case 'continued':
      return because(t('Goes on because of the hook {0}', name));
    case 'told':
      return t('{0} (says the hook {1})', text ?? '', name);
    default:
      return because(t('At {0}, the hook {1} did not work', on, name));
  }
}

/** What unfolds below the sentence; empty when that says it all. */
export function hookDetail({ effect, text, input }: HookRan): string {
  if (effect === 'changed') {
    return JSON.stringify(input, null, 2) ?? '';
  }
  return effect === 'added' ? (text ?? '') : '';
}
