import type { Signal } from '../../infrastructure/signal';

/** 0-based, like the editor's own. */
export interface TextPosition {
  readonly line: number;
  readonly character: number;
}

export interface TextChange {
  readonly start: TextPosition;
  readonly end: TextPosition;
  readonly text: string;
}

/**
 * `applied`: the text is in the buffer. `outdated`: the buffer changed first, nothing happened. `closed`: the document
 * is gone.
 */
export type WriteOutcome = 'applied' | 'outdated' | 'closed';

/** How a write joins the undo history: as the first of an inline edit, or as more of the same step. */
export type UndoStep = 'begin' | 'join';

/** An open document as an inline edit sees it. */
export interface TextBuffer {
  /** Every change, our own included, before the write that made it has answered. */
  readonly changed: Signal<readonly TextChange[]>;
  readonly closed: Signal<void>;
  readonly lineCount: number;
  lineAt(line: number): string;
  write(change: TextChange, step: UndoStep): Promise<WriteOutcome>;
  /** True when one Undo would not take back everything written since `begin`. */
  readonly undoIsSplit: boolean;
  /**
   * Takes back, through the undo history, everything written since `begin`, if nothing else has been changed. True when
   * the whole document reads as before; otherwise nothing has happened.
   */
  undoAll(): Promise<boolean>;
}
