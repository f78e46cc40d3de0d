import type { SymbolMiss } from '../../protocol/generated';

/** A place in a document: 0-based, as the editor counts. */
export interface Place {
  readonly line: number;
  readonly character: number;
}

/** The lines of a document, without what ends them. */
export interface Lines {
  readonly lineCount: number;
  lineAt(line: number): { readonly text: string };
}

const MOST_LINES = 10;

/** Where a symbol stands on a line, or where else in the file it does. Of `cart.total` it is `total` that is meant. */
export function findSymbol(document: Lines, line: number, symbol: string): Place | SymbolMiss {
  const exists = line >= 1 && line <= document.lineCount;
  const character = exists ? columnOf(document.lineAt(line - 1).text, symbol) : -1;
  if (character >= 0) {
    return { line: line - 1, character };
  }
  const lines: number[] = [];
  for (let i = 0; i < document.lineCount && lines.length < MOST_LINES; i++) {
    if (columnOf(document.lineAt(i).text, symbol) >= 0) {
      lines.push(i + 1);
    }
  }
  return { ...(exists && { lineText: document.lineAt(line - 1).text }), lines };
}

/** The first occurrence that is a word of its own, else the first; -1 when there is none. */
export function columnOf(text: string, symbol: string): number {
  const inside = /[^.:>#]*$/.exec(symbol)?.index ?? 0;
  const last = inside < symbol.length ? inside : 0;
  let first = -1;
  for (let at = text.indexOf(symbol); at >= 0 && symbol !== ''; at = text.indexOf(symbol, at + 1)) {
    if (isWord(text, at, at + symbol.length)) {
      return at + last;
    }
    first = first < 0 ? at : first;
  }
  return first < 0 ? -1 : first + last;
}

function isWord(text: string, start: number, end: number): boolean {
  return !/[\p{L}\p{N}_$]$/u.test(text.slice(0, start)) && !/^[\p{L}\p{N}_$]/u.test(text.slice(end));
}
