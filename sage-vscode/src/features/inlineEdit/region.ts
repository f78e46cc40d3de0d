import type { TextChange } from './textBuffer';

/** What a change in the document means for the lines of an inline edit. */
export type Touch = 'outside' | 'inside' | 'across';

/** The lines of the document that an inline edit owns; moves and grows with the document. */
export class Region {
  constructor(
    public start: number,
    public count: number,
  ) {}

  get last(): number {
    return this.start + this.count - 1;
  }

  /** Follows one change and says whether it touched the region. */
  follow({ start, end, text }: TextChange): Touch {
    const delta = text.split('\n').length - 1 - (end.line - start.line);
    const insertedAbove =
      start.line === this.start && end.line === start.line && end.character === 0 && text.endsWith('\n');
    if (
      end.line < this.start ||
      insertedAbove ||
      (end.line === this.start && end.character === 0 && start.line < end.line)
    ) {
      this.start += delta;
      return 'outside';
    }
    if (start.line > this.last) {
      return 'outside';
    }
    if (start.line < this.start || end.line > this.last) {
      return 'across';
    }
    this.count += delta;
    return 'inside';
  }

  /** Our own writes may end at the start of the line behind the region. */
  followOwn({ start, end, text }: TextChange): void {
    this.count += text.split('\n').length - 1 - (end.line - start.line);
  }
}
