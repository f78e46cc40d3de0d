import { diffArrays } from 'diff';

/** Lines that differ: `oldLines` stood where `newCount` lines now stand. Positions are 0-based in the target. */
export interface LineHunk {
  readonly oldStart: number;
  readonly oldLines: readonly string[];
  readonly newStart: number;
  readonly newCount: number;
}

/** The blocks in which two texts differ, top to bottom. */
export function lineHunks(before: readonly string[], after: readonly string[]): readonly LineHunk[] {
  const hunks: LineHunk[] = [];
  let oldLine = 0;
  let newLine = 0;
  let open: { oldStart: number; oldLines: string[]; newStart: number; newCount: number } | null = null;
  for (const part of diffArrays([...before], [...after])) {
    if (!part.added && !part.removed) {
      open = null;
      oldLine += part.value.length;
      newLine += part.value.length;
      continue;
    }
    if (open === null) {
      open = { oldStart: oldLine, oldLines: [], newStart: newLine, newCount: 0 };
      hunks.push(open);
    }
    if (part.removed) {
      open.oldLines.push(...part.value);
      oldLine += part.value.length;
    } else {
      open.newCount += part.value.length;
      newLine += part.value.length;
    }
  }
  return hunks;
}

/** The old text with one hunk taken over from the new one. */
export function withHunk(before: readonly string[], after: readonly string[], hunk: LineHunk): readonly string[] {
  return before.toSpliced(
    hunk.oldStart,
    hunk.oldLines.length,
    ...after.slice(hunk.newStart, hunk.newStart + hunk.newCount),
  );
}
