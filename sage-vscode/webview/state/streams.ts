/** Text that arrives in pieces, each with the offset where it starts; pieces may be repeated, merged or early. */
export interface TextStream {
  readonly text: string;
  /** Pieces that start after the end of what is known. */
  readonly ahead: readonly Piece[];
}

interface Piece {
  readonly offset: number;
  readonly text: string;
}

export const emptyStream: TextStream = { text: '', ahead: [] };

export function appendPiece(stream: TextStream, offset: number, text: string): TextStream {
  if (offset > stream.text.length) {
    return { text: stream.text, ahead: [...stream.ahead, { offset, text }].sort((a, b) => a.offset - b.offset) };
  }

  const fresh = text.slice(stream.text.length - offset);
  if (fresh === '' && stream.ahead.length === 0) {
    return stream;
  }

  let grown = stream.text + fresh;
  let taken = 0;
  for (const piece of stream.ahead) {
    if (piece.offset > grown.length) {
      break;
    }
    grown += piece.text.slice(grown.length - piece.offset);
    taken++;
  }

  return { text: grown, ahead: taken === 0 ? stream.ahead : stream.ahead.slice(taken) };
}

/** The end of a running call's output; what is older is let go. */
export interface OutputTail {
  /** Where the output ends, in UTF-16 code units from its start. */
  readonly end: number;
  readonly text: string;
  /** Whether something before `text` was let go. */
  readonly cut: boolean;
}

export const emptyOutput: OutputTail = { end: 0, text: '', cut: false };

const keptCharacters = 24_000;
const trimAbove = 48_000;

export function appendOutput(output: OutputTail, offset: number, text: string): OutputTail {
  const missing = offset > output.end;
  const fresh = missing ? text : text.slice(output.end - offset);
  if (fresh === '') {
    return output;
  }

  const joined = missing ? `${output.text}\n…\n${fresh}` : output.text + fresh;
  const end = Math.max(output.end, offset + text.length);
  return joined.length > trimAbove
    ? { end, text: tailLines(joined), cut: true }
    : { end, text: joined, cut: output.cut };
}

function tailLines(text: string): string {
  const from = text.length - keptCharacters;
  const lineStart = text.indexOf('\n', from) + 1;
  return text.slice(lineStart > 0 && lineStart < text.length ? lineStart : from);
}

/** The same record without a key; itself when it has none. */
export function without<T>(record: Readonly<Record<string, T>>, key: string): Readonly<Record<string, T>> {
  if (!(key in record)) {
    return record;
  }
  const { [key]: _, ...rest } = record;
  return rest;
}
