/** A part of a plan that can be commented on: a heading, a paragraph, an item of a list, a block of code. */
export interface PlanPart {
  /** Of its first line, from 1. */
  readonly line: number;
  /** As it stands in the plan, without the indentation that all of it has. */
  readonly source: string;
  /** How deep in lists it stands. */
  readonly depth: number;
}

const fenceLine = /^\s*(`{3,}|~{3,})/;
const headingLine = /^ {0,3}#{1,6}(\s|$)/;
const itemLine = /^(\s*)([-*+]|\d{1,9}[.)])\s+\S/;
const deepest = 4;

/** Cuts a plan into its parts. Every line that is not blank is in exactly one of them. */
export function planParts(plan: string): readonly PlanPart[] {
  const parts: PlanPart[] = [];
  let open: { line: number; lines: string[]; depth: number; indent: number; isItem: boolean } | null = null;
  let fence: string | null = null;
  let isAfterBlank = false;
  /** The indentations of the items around; the innermost last. */
  let around: number[] = [];

  const close = () => {
    if (open !== null) {
      parts.push({ line: open.line, source: unindent(open.lines), depth: open.depth });
      open = null;
    }
  };
  for (const [index, text] of plan.replaceAll('\r\n', '\n').split('\n').entries()) {
    const mark = fenceLine.exec(text)?.[1];
    const indent = text.length - text.trimStart().length;
    const item = itemLine.exec(text);
    if (fence !== null) {
      open?.lines.push(text);
      fence = mark?.startsWith(fence) === true ? null : fence;
      if (fence === null && open?.isItem !== true) {
        close();
      }
    } else if (text.trim() === '') {
      if (open?.isItem === true) {
        // What follows and is indented goes on with the item.
        open.lines.push('');
      } else {
        close();
      }
    } else if (open !== null && !headingLine.test(text) && goesOn(open, { isAfterBlank, indent, item, mark })) {
      open.lines.push(text);
      fence = mark ?? null;
    } else {
      close();
      around = around.filter((other) => other < indent || (item === null && other === indent && indent > 0));
      const depth = Math.min(around.length, deepest);
      open = { line: index + 1, lines: [text], depth, indent, isItem: item !== null };
      around = item === null ? around : [...around, indent];
      fence = mark ?? null;
      if (headingLine.test(text)) {
        close();
      }
    }
    isAfterBlank = text.trim() === '';
  }
  close();
  return parts;
}

interface Line {
  readonly isAfterBlank: boolean;
  readonly indent: number;
  readonly item: RegExpExecArray | null;
  readonly mark: string | undefined;
}

function goesOn(
  open: { readonly isItem: boolean; readonly indent: number },
  { isAfterBlank, indent, item, mark }: Line,
): boolean {
  if (item !== null) {
    return false;
  }
  if (open.isItem) {
    return indent > open.indent || (!isAfterBlank && mark === undefined);
  }
  return mark === undefined;
}

function unindent(lines: readonly string[]): string {
  const indents = lines.filter((line) => line.trim() !== '').map((line) => line.length - line.trimStart().length);
  const shared = Math.min(...indents);
  return lines
    .map((line) => line.slice(shared))
    .join('\n')
    .trimEnd();
}

/** Where a part stands in a plan that was changed since; null when it is not there any more. */
export function lineOf(plan: string, source: string): number | null {
  return planParts(plan).find((part) => part.source === source)?.line ?? null;
}
