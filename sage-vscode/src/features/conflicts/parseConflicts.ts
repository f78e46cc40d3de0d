/** A merge conflict as git writes it into a file; lines are 0-based and inclusive, the marks included. */
export interface Conflict {
  readonly start: number;
  readonly end: number;
  /** What git calls the two sides: a branch, a commit; may be empty. */
  readonly ours: string;
  readonly theirs: string;
}

const OURS = /^<{7}(?: (.*))?$/;
const BASE = /^\|{7}(?: .*)?$/;
const MIDDLE = /^={7}$/;
const THEIRS = /^>{7}(?: (.*))?$/;

/** A conflict whose end is not reached. */
interface Open {
  readonly start: number;
  readonly ours: string;
  readonly isBelowMiddle: boolean;
}

/** Every whole conflict of a text. One that lacks a mark, or has another inside it, is none: nobody knows where it ends. */
export function parseConflicts(text: string): readonly Conflict[] {
  const conflicts: Conflict[] = [];
  let open: Open | null = null;
  for (const [number, line] of text.split(/\r?\n/).entries()) {
    const begins = OURS.exec(line);
    const ends = THEIRS.exec(line);
    if (begins !== null) {
      open = { start: number, ours: begins[1] ?? '', isBelowMiddle: false };
    } else if (open === null) {
    } else if (MIDDLE.test(line)) {
      open = open.isBelowMiddle ? null : { start: open.start, ours: open.ours, isBelowMiddle: true };
    } else if (BASE.test(line)) {
      open = open.isBelowMiddle ? null : open;
    } else if (ends !== null) {
      if (open.isBelowMiddle) {
        conflicts.push({ start: open.start, end: number, ours: open.ours, theirs: ends[1] ?? '' });
      }
      open = null;
    }
  }
  return conflicts;
}

/** What is asked for one conflict, in its place. */
export function resolveInstruction({ ours, theirs }: Conflict): string {
  const sides = [ours, theirs].map((name) => name.trim()).filter((name) => name !== '');
  const between = sides.length === 2 ? ` between ${sides[0]} and ${sides[1]}` : '';
  return `Resolve this merge conflict${between}: write what the lines are to be, with the intent of both sides, and without the conflict marks. Where only one can hold, keep the one that fits the rest of the file.`;
}
