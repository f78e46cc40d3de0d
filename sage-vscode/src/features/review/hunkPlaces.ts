import type { PendingFile, PendingHunk } from '../../protocol/generated';

/** Lines of a document, 0-based, both inclusive. */
export interface LineSpan {
  readonly start: number;
  readonly end: number;
}

/** A hunk and the file it is in. */
export interface HunkPlace {
  readonly path: string;
  readonly hunk: PendingHunk;
}

/** What the user did to a document: lines that were replaced, 0-based and inclusive, and how many there are now. */
export interface LineEdit {
  readonly start: number;
  readonly end: number;
  readonly count: number;
}

/** Where a hunk stands; one that only took lines away stands at the line that moved up. */
export function linesOf({ newStart, newLines }: PendingHunk, lineCount = Number.MAX_SAFE_INTEGER): LineSpan {
  const last = Math.max(0, lineCount - 1);
  return { start: Math.min(newStart, last), end: Math.min(newStart + Math.max(newLines, 1) - 1, last) };
}

/** The hunk at a line. */
export function hunkAt(file: PendingFile | undefined, line: number, lineCount?: number): PendingHunk | undefined {
  return hunksWithin(file, { start: line, end: line }, lineCount)[0];
}

/** The hunks that touch these lines. */
export function hunksWithin(
  file: PendingFile | undefined,
  { start, end }: LineSpan,
  lineCount?: number,
): readonly PendingHunk[] {
  return (file?.hunks ?? []).filter((hunk) => {
    const lines = linesOf(hunk, lineCount);
    return lines.start <= end && start <= lines.end;
  });
}

/** The next (or previous) hunk from a place, through all files and round again; null where there is none to go to. */
export function neighbour(
  files: readonly PendingFile[],
  from: { readonly path: string; readonly line: number } | null,
  direction: 'next' | 'previous',
): HunkPlace | null {
  // What was deleted cannot be gone to.
  const places = files
    .filter(({ kind }) => kind !== 'deleted')
    .flatMap(({ path, hunks }) => hunks.map((hunk): HunkPlace => ({ path, hunk })));
  if (from === null) {
    return (direction === 'next' ? places[0] : places.at(-1)) ?? null;
  }
  const isBehind = ({ path, hunk }: HunkPlace) =>
    path === from.path ? linesOf(hunk).start > from.line : path > from.path;
  const isBefore = ({ path, hunk }: HunkPlace) =>
    path === from.path ? linesOf(hunk).end < from.line : path < from.path;
  const found =
    direction === 'next' ? (places.find(isBehind) ?? places[0]) : (places.findLast(isBefore) ?? places.at(-1));
  return found ?? null;
}

/** The same change in a newer list: its name is another one once lines before it have come or gone. */
export function sameHunk(old: PendingHunk, now: readonly PendingHunk[]): PendingHunk | undefined {
  const known = now.find(({ id }) => id === old.id);
  if (known !== undefined) {
    return known;
  }
  const alike = now.filter(
    (hunk) =>
      hunk.callId === old.callId &&
      hunk.oldLines === old.oldLines &&
      hunk.newLines === old.newLines &&
      hunk.newStart - hunk.oldStart === old.newStart - old.oldStart,
  );
  return alike.length === 1 ? alike[0] : undefined;
}

/** Where hunks stand after an edit, until the server has said so itself. */
export function afterEdit(hunks: readonly PendingHunk[], edit: LineEdit): readonly PendingHunk[] {
  const more = edit.count - (edit.end - edit.start + 1);
  if (more === 0) {
    return hunks;
  }
  return hunks.map((hunk) => {
    const lines = linesOf(hunk);
    if (lines.start > edit.end) {
      return { ...hunk, newStart: hunk.newStart + more };
    }
    return lines.end < edit.start || edit.start < lines.start
      ? hunk
      : { ...hunk, newLines: Math.max(0, hunk.newLines + more) };
  });
}
