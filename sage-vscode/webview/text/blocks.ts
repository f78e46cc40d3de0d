import { languageIn } from './codePlaces';

/** A piece of Markdown that can be drawn alone. */
export interface Block {
  readonly text: string;
  /** The fence that opened a code block which is not closed yet. */
  readonly openFence: OpenFence | null;
}

interface OpenFence {
  readonly language: string;
  /** The code so far, without the fence line. */
  readonly code: string;
}

const fenceLine = /^( {0,3})(`{3,}|~{3,})([^\n]*)$/;
const listLine = /^ {0,3}([-*+]|\d{1,9}[.)])(\s|$)/;
const longBlock = 6_000;

/**
 * Cuts growing Markdown into blocks. What is cut off never changes again, so a reply that streams is parsed once,
 * block by block, however long it gets.
 */
export class BlockSplitter {
  #finished: Block[] = [];
  #consumed = 0;
  #text = '';

  /** The blocks of `text`; all but the last keep their identity from call to call. */
  update(text: string): readonly Block[] {
    if (!text.startsWith(this.#text.slice(0, this.#consumed))) {
      this.#finished = [];
      this.#consumed = 0;
    }
    this.#text = text;
    const rest = this.#cut(text);
    return rest.text.trim() === '' ? this.#finished : [...this.#finished, rest];
  }

  /** Moves every complete block to the finished ones and answers the last, open one. */
  #cut(text: string): Block {
    for (;;) {
      const source = text.slice(this.#consumed);
      const scan = scanBlock(source);
      if (scan.length === null) {
        return { text: source, openFence: scan.openFence };
      }
      this.#finish(source.slice(0, scan.length));
      this.#consumed += scan.length;
    }
  }

  #finish(text: string): void {
    if (text.trim() !== '') {
      this.#finished = [...this.#finished, { text, openFence: null }];
    }
  }
}

interface Scan {
  /** Characters of the first complete block; null when it may still grow. */
  readonly length: number | null;
  readonly openFence: OpenFence | null;
}

/** Finds the end of the first block: a closed fence, or an empty line that nothing indented or listed follows. */
function scanBlock(source: string): Scan {
  let position = 0;
  let fence: { marker: string; language: string; codeStart: number; alone: boolean } | null = null;
  let emptyBefore = false;
  const isList = listLine.test(source.trimStart());

  while (position < source.length) {
    const newline = source.indexOf('\n', position);
    const end = newline < 0 ? source.length : newline;
    const line = source.slice(position, end);
    const mark = fenceLine.exec(line);
    const [, indent = '', marker = '', info = ''] = mark ?? [];

    if (fence !== null) {
      const closes = mark !== null && marker.startsWith(fence.marker) && info.trim() === '';
      if (closes && newline >= 0) {
        if (fence.alone) {
          return { length: newline + 1, openFence: null };
        }
        fence = null;
      }
    } else if (emptyBefore && line.trim() !== '' && startsBlock(line, isList, newline < 0)) {
      return { length: position, openFence: null };
    } else if (mark !== null && newline >= 0 && !(marker.startsWith('`') && info.includes('`'))) {
      const before = source.slice(0, position);
      if (before.trim() !== '' && !isList) {
        return { length: position, openFence: null };
      }
      const alone = before.trim() === '' && indent === '';
      fence = { marker, language: languageIn(info), codeStart: newline + 1, alone };
    }

    emptyBefore = line.trim() === '' && position > 0 && fence === null;
    if (newline < 0) {
      break;
    }
    position = newline + 1;
  }

  if (fence?.alone) {
    return { length: null, openFence: { language: fence.language, code: source.slice(fence.codeStart) } };
  }
  return { length: fence === null ? cutLong(source) : null, openFence: null };
}

/** After an empty line: does this one begin something new, rather than go on with a list? */
function startsBlock(line: string, inList: boolean, isPartial: boolean): boolean {
  if (inList && isPartial && /^(\d{1,9}[.)]?|[-*+])$/.test(line)) {
    // It may become the next item.
    return false;
  }
  return inList ? !/^\s/.test(line) && !listLine.test(line) : !/^( {4}|\t)/.test(line);
}

/** One endless paragraph is drawn in parts: parsing it all again with each word would take ever longer. */
function cutLong(source: string): number | null {
  if (source.length < longBlock || /^\s*\|/.test(source)) {
    return null;
  }
  const head = source.slice(0, longBlock);
  const at = Math.max(head.lastIndexOf('\n') + 1, head.lastIndexOf('. ') + 2, head.lastIndexOf('。') + 1);
  return at > longBlock / 2 ? at : Math.max(head.lastIndexOf(' ') + 1, longBlock / 2);
}
