import fuzzysort from 'fuzzysort';
import type { Mention } from '../../protocol/bridge';

/** As many as a list can show. */
export const mostFound = 40;

/** Files and folders whose paths have the letters of the words in this order, the best first; recent ones before others that are as good. */
export function findPaths(files: readonly string[], recent: readonly string[], words: string): Mention[] {
  const paths = [...new Set([...recent, ...files])];
  const items: Mention[] = [
    ...paths.map((path) => item('file', path)),
    ...foldersOf(files).map((path) => item('folder', path)),
  ];
  if (words === '') {
    return items.slice(0, recent.length || mostFound);
  }
  const isRecent = new Set(recent);
  return fuzzysort
    .go(words, items, {
      keys: [({ label }) => label, ({ path }) => path ?? ''],
      limit: mostFound,
      // The name of a file counts more than the folders it is in.
      scoreFn: (found) =>
        Math.max((found[0]?.score ?? 0) * 1.2, found[1]?.score ?? 0) * (isRecent.has(found.obj.path ?? '') ? 1.1 : 1),
    })
    .map(({ obj }) => obj);
}

function item(kind: 'file' | 'folder', path: string): Mention {
  const at = path.lastIndexOf('/');
  return { kind, label: path.slice(at + 1), detail: path.slice(0, Math.max(0, at)), path };
}

/** Every folder that has a file in it or below it. */
function foldersOf(files: readonly string[]): string[] {
  const folders = new Set<string>();
  for (const file of files) {
    for (let at = file.lastIndexOf('/'); at > 0; at = file.lastIndexOf('/', at - 1)) {
      const folder = file.slice(0, at);
      if (folders.has(folder)) {
        break;
      }
      folders.add(folder);
    }
  }
  return [...folders];
}

/** Whether something is meant by words that begin one of its own. */
export function isMeant(words: string, ...names: readonly string[]): boolean {
  const wanted = words.toLowerCase();
  return names.some((name) =>
    name
      .toLowerCase()
      .split(/\s+/)
      .some((word) => word.startsWith(wanted)),
  );
}
