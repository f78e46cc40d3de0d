import type { Row } from './rows';

/** Where the words stand: the row, and which of the places in it. */
export interface Found {
  readonly row: number;
  readonly nth: number;
  /** The call to unfold, where its line alone does not show the words. */
  readonly callId?: string;
}

/** More places than anybody walks through. */
const most = 10_000;

/** Every place in the conversation that has the words, in either case, in reading order. */
export function findIn(rows: readonly Row[], words: string): readonly Found[] {
  const wanted = words.toLowerCase();
  const found: Found[] = [];
  if (wanted.trim() === '') {
    return found;
  }
  for (const [row, content] of rows.entries()) {
    let nth = 0;
    for (const { text, callId } of textsOf(content)) {
      const lower = text.toLowerCase();
      for (let at = lower.indexOf(wanted); at >= 0; at = lower.indexOf(wanted, at + wanted.length)) {
        if (found.length === most) {
          return found;
        }
        found.push({ row, nth, ...(callId !== undefined && { callId }) });
        nth += 1;
      }
    }
  }
  return found;
}

interface Text {
  readonly text: string;
  readonly callId?: string;
}

/** What a row says; what a call has found is behind its line, and does not always show. */
function textsOf(row: Row): readonly Text[] {
  switch (row.kind) {
    case 'tail':
      return [];
    case 'tool':
      return [{ text: row.tool.title }, { text: row.tool.text, callId: row.tool.id }];
    case 'group':
      return row.tools.flatMap(({ id, title, text }) => [
        { text: title, callId: id },
        { text, callId: id },
      ]);
    case 'item':
      switch (row.item.kind) {
        case 'user':
          return [{ text: row.item.prompt }];
        case 'reply':
        case 'notice':
          return [{ text: row.item.text }];
        case 'compaction':
          return [{ text: row.item.summary ?? '' }];
        default:
          return [];
      }
  }
}

/** The place to begin at: the last one at or above what is in sight, because the newest is what people look for. */
export function firstShown(found: readonly Found[], lastRow: number): number {
  return Math.max(
    0,
    found.findLastIndex(({ row }) => row <= lastRow),
  );
}
