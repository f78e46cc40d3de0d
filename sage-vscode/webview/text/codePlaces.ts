import { parsePlace } from './paths';

/** The language of a fence: the first word of its info string, without what tells a path. */
export function languageIn(info: string): string {
  return /^[^\s:{]*/.exec(info.trim())?.[0] ?? '';
}

/** The file that a fence names: `ts src/a.ts`, `ts:src/a.ts`, `ts title="src/a.ts"`. */
export function placeInInfo(info: string): string | null {
  const rest = info.trim().slice(languageIn(info).length);
  const pieces = rest.split(/[\s:={}"']+/).filter(Boolean);
  return firstPlace([rest.replace(/^:/, ''), ...pieces]);
}

const comment = /^\s*(?:\/\/+|#+|--|;+|%|<!--|\/\*+)\s*(?:file(?:name)?\s*:\s*)?(\S+?)\s*(?:-->|\*\/)?\s*$/i;

/** The file that a block names in a comment on its first line. */
export function placeInComment(code: string): string | null {
  const [, words] = comment.exec(code.split('\n', 1)[0] ?? '') ?? [];
  return words === undefined ? null : (parsePlace(words)?.path ?? null);
}

/** The files that a line of text names; the last one first, because that is the nearest to what follows. */
export function placesIn(line: string): readonly string[] {
  const words = line.split(/[\s`*"'()[\]<>]+/).map((word) => word.replace(/[.,:;]+$/, ''));
  return words.flatMap((word) => parsePlace(word)?.path ?? []).reverse();
}

function firstPlace(texts: readonly string[]): string | null {
  return texts.map((text) => parsePlace(text)?.path).find((path) => path !== undefined) ?? null;
}
