import { Signal } from '../../infrastructure/signal';
import { type LineHunk, lineHunks, withHunk } from './lineHunks';
import { Region } from './region';
import type { Target } from './target';
import type { TextBuffer, TextChange, WriteOutcome } from './textBuffer';

const MAX_OUTDATED_WRITES = 20;

/** Why an inline edit is over. `userEdit`: the user's own change stands. */
export type Ending = 'accepted' | 'rejected' | 'unchanged' | 'userEdit' | 'documentClosed' | 'notEditable';

export type Phase = 'streaming' | 'reviewing' | 'restoring' | 'over';

/**
 * One inline edit of one document: streams new lines over the old ones, then holds what differs until it is accepted
 * or rejected. Never writes outside its lines.
 */
export class InlineEdit {
  readonly changed = new Signal<void>();
  readonly ended = new Signal<Ending>();
  readonly #region: Region;
  readonly #original: readonly string[];
  readonly #subscriptions: { dispose(): void }[];
  /** What a rejection brings back: the original with the accepted hunks in it. */
  #baseline: readonly string[];
  #phase: Phase = 'streaming';
  #hunks: readonly LineHunk[] = [];
  /** Lines that the stream has put into the buffer; the last one still grows. */
  #written: string[] = [''];
  /** Set once the stream that runs has put something there. */
  #hasWritten = false;
  #received = '';
  #queued = '';
  #pump: Promise<void> | null = null;
  #ownWrite: TextChange | null = null;
  /** Where the target was before the first write; the place that an undo of everything brings back. */
  #before: { readonly start: number; readonly count: number } | null = null;
  #undoing = false;
  /** The proposal that is being refined: it is there again when nothing comes of that. */
  #refined: readonly string[] | null = null;
  /** Set while what was written is made one undo step. */
  #merging: Promise<void> | null = null;
  #acceptsAll = false;

  constructor(
    private readonly buffer: TextBuffer,
    target: Target,
  ) {
    this.#region = new Region(target.start, target.end - target.start + 1);
    this.#original = this.#lines();
    this.#baseline = this.#original;
    this.#subscriptions = [
      buffer.changed.subscribe((changes) => this.#follow(changes)),
      buffer.closed.subscribe(() => this.#end('documentClosed')),
    ];
  }

  get phase(): Phase {
    return this.#phase;
  }

  get hunks(): readonly LineHunk[] {
    return this.#hunks;
  }

  /** The target as it now stands, and how many of its lines are new while the text still streams. */
  get lines(): { readonly start: number; readonly count: number; readonly written: number } {
    const { start, count } = this.#region;
    return { start, count, written: this.#hasWritten ? this.#written.length : 0 };
  }

  get original(): readonly string[] {
    return this.#original;
  }

  /** The text has begun to arrive, though perhaps not to be written. */
  get hasText(): boolean {
    return this.#received !== '';
  }

  /** Whatever is still to come has been accepted already. */
  get acceptsAll(): boolean {
    return this.#acceptsAll;
  }

  /** Makes room for another proposal, which streams over the one that waits. What a rejection brings back is the same as before. */
  refine(): void {
    if (this.#phase === 'reviewing') {
      this.#refined = this.#lines();
      this.#written = [''];
      this.#hasWritten = false;
      this.#received = '';
      this.#queued = '';
      this.#hunks = [];
      this.#phase = 'streaming';
      this.changed.emit();
    }
  }

  /** A piece of the replacement. Pieces may repeat what is known; they never leave gaps, the stream is ordered. */
  append(offset: number, text: string): void {
    if (this.#phase !== 'streaming' || offset > this.#received.length) {
      return;
    }
    const fresh = text.slice(this.#received.length - offset);
    const isFirst = this.#received === '' && fresh !== '';
    this.#received += fresh;
    this.#queued += fresh.replaceAll('\r', '');
    if (isFirst) {
      this.changed.emit();
    }
    this.#pump ??= this.#drain();
  }

  /** The whole replacement has arrived. */
  async finish(text: string): Promise<void> {
    if (text.startsWith(this.#received)) {
      this.append(this.#received.length, text.slice(this.#received.length));
    } else {
      await this.#pump;
      this.#queued = '';
      await this.#rewrite(text);
    }
    await this.#pump;
    await this.#dropOldTail();
    this.#merging = this.#mergeUndoSteps();
    await this.#merging;
    this.#merging = null;
    if (this.#phase === 'streaming') {
      this.#phase = 'reviewing';
      this.#refined = null;
      this.#compare('unchanged');
      if (this.#acceptsAll) {
        this.accept();
      }
    }
  }

  /** One hunk, or everything; while the text still streams, everything once it is there. */
  accept(index?: number): void {
    if (this.#phase !== 'reviewing') {
      this.#acceptsAll ||= index === undefined;
      this.changed.emit();
      return;
    }
    const hunk = index === undefined ? undefined : this.#hunks[index];
    this.#baseline = hunk === undefined ? this.#lines() : withHunk(this.#baseline, this.#lines(), hunk);
    this.#compare('accepted');
  }

  /**
   * One hunk, or everything; also stops a stream. Restores the exact old text. A refinement that is stopped leaves the proposal before
   * it, to be decided about.
   */
  async reject(index?: number): Promise<void> {
    if (this.#merging !== null) {
      await this.#merging;
    }
    if (index !== undefined && this.#phase === 'reviewing') {
      const hunk = this.#hunks[index];
      if (hunk !== undefined) {
        await this.#putBack(hunk);
      }
      return;
    }
    if (this.#phase !== 'streaming' && this.#phase !== 'reviewing') {
      return;
    }
    this.#phase = 'restoring';
    await this.#pump;
    const earlier = this.#refined;
    if (earlier !== null) {
      this.#refined = null;
      await this.#write(() => this.#whole(earlier));
      this.#reviewAgain();
      return;
    }
    await this.#restore();
    this.#end('rejected');
  }

  #reviewAgain(): void {
    if (this.phase === 'restoring') {
      this.#phase = 'reviewing';
      this.#acceptsAll = false;
      this.#compare('rejected');
    }
  }

  #lines(): readonly string[] {
    return Array.from({ length: this.#region.count }, (_, index) => this.buffer.lineAt(this.#region.start + index));
  }

  async #drain(): Promise<void> {
    while (this.#queued !== '' && this.#phase === 'streaming') {
      const piece = this.#queued;
      this.#queued = '';
      if (!(await this.#write(() => this.#growing(piece)))) {
        break;
      }
      this.#hasWritten = true;
      const [first = '', ...rest] = piece.split('\n');
      this.#written = [...this.#written.slice(0, -1), (this.#written.at(-1) ?? '') + first, ...rest];
      this.changed.emit();
    }
    this.#pump = null;
  }

  /** Appends to what is written and takes as many old lines away as new ones begin. */
  #growing(piece: string): TextChange {
    const line = this.#region.start + this.#written.length - 1;
    const taken = Math.min(line + piece.split('\n').length - 1, this.#region.last);
    return {
      start: { line, character: this.#written.at(-1)?.length ?? 0 },
      end: this.#endOf(Math.max(taken, line)),
      text: piece,
    };
  }

  async #rewrite(text: string): Promise<void> {
    const lines = text.replaceAll('\r', '').split('\n');
    if (await this.#write(() => this.#whole(lines))) {
      this.#hasWritten = true;
      this.#written = lines;
    }
  }

  async #dropOldTail(): Promise<void> {
    const line = () => this.#region.start + this.#written.length - 1;
    const change = () => ({
      start: { line: line(), character: this.#written.at(-1)?.length ?? 0 },
      end: this.#endOf(this.#region.last),
      text: '',
    });
    if (this.#phase === 'streaming' && !isEmpty(change())) {
      await this.#write(change);
    }
  }

  /** A cursor that moved during the stream has cut the undo history in pieces; one Undo must take all of it back. */
  async #mergeUndoSteps(): Promise<void> {
    if (this.#phase !== 'streaming' || !this.buffer.undoIsSplit) {
      return;
    }
    const wanted = this.#lines();
    this.#phase = 'restoring';
    if (await this.#undoAll()) {
      this.#before = null;
      await this.#write(() => this.#whole(wanted));
    }
    if (this.phase === 'restoring') {
      this.#phase = 'streaming';
    }
  }

  async #putBack(hunk: LineHunk): Promise<void> {
    await this.#write(() => {
      const after = this.#lines().toSpliced(hunk.newStart, hunk.newCount, ...hunk.oldLines);
      return this.#whole(after);
    });
    this.#compare('rejected');
  }

  async #restore(): Promise<void> {
    if (this.#before === null || same(this.#lines(), this.#baseline)) {
      return;
    }
    const nothingAccepted = same(this.#baseline, this.#original);
    if (!nothingAccepted || !(await this.#undoAll())) {
      await this.#write(() => this.#whole(this.#baseline));
    }
  }

  async #undoAll(): Promise<boolean> {
    this.#undoing = true;
    const undone = await this.buffer.undoAll();
    this.#undoing = false;
    if (undone && this.#before !== null) {
      this.#region.start = this.#before.start;
      this.#region.count = this.#before.count;
    }
    return undone;
  }

  /** Replaces the target by these lines, touching only those that differ. */
  #whole(lines: readonly string[]): TextChange {
    const now = this.#lines();
    // At least one line stays on both sides, so that whole lines replace whole lines.
    const most = Math.min(now.length, lines.length) - 1;
    let top = 0;
    while (top < most && now[top] === lines[top]) {
      top++;
    }
    let bottom = 0;
    while (top + bottom < most && now[now.length - 1 - bottom] === lines[lines.length - 1 - bottom]) {
      bottom++;
    }
    return {
      start: { line: this.#region.start + top, character: 0 },
      end: this.#endOf(this.#region.last - bottom),
      text: lines.slice(top, lines.length - bottom).join('\n'),
    };
  }

  #endOf(line: number): TextChange['end'] {
    return { line, character: this.buffer.lineAt(line).length };
  }

  /** Tries again with new positions when the document changed in between; gives up when it cannot be edited. */
  async #write(change: () => TextChange): Promise<boolean> {
    const alive = this.#phase;
    for (let attempt = 0; attempt < MAX_OUTDATED_WRITES; attempt++) {
      const { start, count } = this.#region;
      this.#ownWrite = change();
      const outcome: WriteOutcome = await this.buffer.write(this.#ownWrite, this.#before === null ? 'begin' : 'join');
      this.#ownWrite = null;
      if (outcome === 'applied') {
        this.#before ??= { start, count };
        return true;
      }
      if (outcome === 'closed' || this.#phase !== alive) {
        return false;
      }
    }
    this.#end('notEditable');
    return false;
  }

  #follow(changes: readonly TextChange[]): void {
    if (this.#undoing) {
      return;
    }
    const own = this.#ownWrite;
    if (own !== null && changes.length === 1 && changes[0] !== undefined && isSame(changes[0], own)) {
      this.#ownWrite = null;
      this.#region.followOwn(own);
      return;
    }
    const touches = changes.map((change) => this.#region.follow(change));
    if (this.#phase === 'restoring' || touches.every((touch) => touch === 'outside')) {
      this.changed.emit();
    } else if (this.#phase === 'streaming' || touches.includes('across')) {
      this.#end('userEdit');
    } else if (this.#phase === 'reviewing') {
      this.#compare('userEdit');
    }
  }

  #compare(endingWhenSame: Ending): void {
    if (this.#phase !== 'reviewing') {
      return;
    }
    this.#hunks = lineHunks(this.#baseline, this.#lines());
    if (this.#hunks.length === 0) {
      this.#end(endingWhenSame);
    } else {
      this.changed.emit();
    }
  }

  #end(ending: Ending): void {
    if (this.#phase === 'over') {
      return;
    }
    this.#phase = 'over';
    this.#hunks = [];
    for (const subscription of this.#subscriptions) {
      subscription.dispose();
    }
    this.changed.emit();
    this.ended.emit(ending);
  }
}

function same(left: readonly string[], right: readonly string[]): boolean {
  return left.length === right.length && left.every((line, index) => line === right[index]);
}

function isEmpty({ start, end, text }: TextChange): boolean {
  return text === '' && start.line === end.line && start.character === end.character;
}

function isSame(left: TextChange, right: TextChange): boolean {
  return (
    left.text === right.text &&
    left.start.line === right.start.line &&
    left.start.character === right.start.character &&
    left.end.line === right.end.line &&
    left.end.character === right.end.character
  );
}
