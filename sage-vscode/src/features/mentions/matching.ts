import fuzzysort from 'fuzzysort';
import type { Mention } from '../../protocol/bridge';

/** As many as a list can show. */
export const mostFound = 40;

interface Index {
  readonly files: ReadonlySet<string>;
  readonly items: readonly Mention[];
}

/** By the list of files it was made from, which stays the same while somebody types. */
const indexes = new WeakMap<readonly string[], Index>();

/** Files and folders whose paths have the letters of the words in this order, the best first; recent ones before others that are as good. */
export function findPaths(files: readonly string[], recent: readonly string[], words: string): Mention[] {
  const index = indexOf(files);
  if (words === '') {
    return recent.length > 0 ? recent.map((path) => item('file', path)) : index.items.slice(0, mostFound);
  }
  const others = recent.filter((path) => !index.files.has(path)).map((path) => item('file', path));
  const isRecent = new Set(recent);
  return fuzzysort
    .go(words, [...others, ...index.items], {
      keys: [({ label }) => label, ({ path }) => path ?? ''],
      limit: mostFound,
      // The name of a file counts more than the folders it is in.
      scoreFn: (found) =>
        Math.max((found[0]?.score ?? 0) * 1.2, found[1]?.score ?? 0) * (isRecent.has(found.obj.path ?? '') ? 1.1 : 1),
    })
    .map(({ obj }) => obj);
}

function indexOf(files: readonly string[]): Index {
  const known = indexes.get(files);
  if (known !== undefined) {
    return known;
  }
  const items = [...files.map((path) => item('file', path)), ...foldersOf(files).map((path) => item('folder', path))];
  const index = { files: new Set(files), items };
  indexes.set(files, index);
  return index;
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
