import type { InlineEdit } from './inlineEdit';

/** Lines of the document; 0-based. */
export interface LineSpan {
  readonly start: number;
  readonly count: number;
}

/** What is drawn while the text streams: the new lines, the old ones that will go, and the line that says so. */
export interface StreamingMarks {
  readonly written: LineSpan | null;
  readonly waiting: LineSpan | null;
  readonly hintLine: number | null;
}

/**
 * The hint stands behind the old first line until the text begins, and then behind the line that grows. In between it
 * is gone: the editor would carry it into the middle of the text that replaces its line.
 */
export function streamingMarks({ lines, hasText }: Pick<InlineEdit, 'lines' | 'hasText'>): StreamingMarks {
  const { start, count, written } = lines;
  return {
    written: written > 0 ? { start, count: written } : null,
    waiting: count > written ? { start: start + written, count: count - written } : null,
    hintLine: written > 0 ? start + written - 1 : hasText ? null : start,
  };
}
