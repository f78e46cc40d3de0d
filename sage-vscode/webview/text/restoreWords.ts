import { plural, t } from '../l10n';
import type { RestoreItem } from '../state/chatState';
import { shorten } from './format';

/** What the user took back, as a sentence: `Restored 3 files to before “…”`. */
export function restoreWords({ what, files, prompt }: RestoreItem): string {
  const [first] = files;
  const which = files.length === 1 && first !== undefined ? first.path : plural(files.length, '1 file', '{0} files');
  const words = prompt === null ? '' : shorten(prompt, 60);
  switch (what) {
    case 'undone':
      return words === '' ? t('Undid changes in {0}', which) : t('Undid what “{0}” changed in {1}', words, which);
    case 'restored':
      return words === '' ? t('Restored {0}', which) : t('Restored {0} to before “{1}”', which, words);
    default:
      return t('Redid changes in {0}', which);
  }
}
