import type { RestoreItem } from '../state/chatState';
import { plural, shorten } from './format';

/** What the user took back, as a sentence: `Restored 3 files to before “…”`. */
export function restoreWords({ what, files, prompt }: RestoreItem): string {
  const [first] = files;
  const which = files.length === 1 && first !== undefined ? first.path : plural(files.length, 'file');
  const words = prompt === null ? '' : `“${shorten(prompt, 60)}”`;
  switch (what) {
    case 'undone':
      return words === '' ? `Undid changes in ${which}` : `Undid what ${words} changed in ${which}`;
    case 'restored':
      return words === '' ? `Restored ${which}` : `Restored ${which} to before ${words}`;
    default:
      return `Redid changes in ${which}`;
  }
}
