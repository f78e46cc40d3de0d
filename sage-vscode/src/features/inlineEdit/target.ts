/** The lines that an inline edit may change; 0-based, inclusive. */
export interface Target {
  readonly start: number;
  readonly end: number;
  /** True where there is nothing to rewrite: the text is generated. */
  readonly insert: boolean;
}

interface Place {
  readonly line: number;
  readonly character: number;
}

/** Whole lines of the selection; without one, the cursor's line, or an insertion when that line is blank. */
export function targetOf(selection: { start: Place; end: Place }, lineAt: (line: number) => string): Target {
  const { start, end } = selection;
  const endsBeforeLine = end.line > start.line && end.character === 0;
  const last = endsBeforeLine ? end.line - 1 : end.line;
  const blank = start.line === last && lineAt(start.line).trim() === '';
  return { start: start.line, end: last, insert: blank };
}
