import type {
  TextBuffer,
  TextChange,
  TextPosition,
  UndoStep,
  WriteOutcome,
} from '../../../../sage-vscode/src/features/inlineEdit/textBuffer';
import { Signal } from '../../../../sage-vscode/src/infrastructure/signal';

/** A document in memory that behaves as the editor's does: writes answer later, changes are announced at once. */
export class FakeBuffer implements TextBuffer {
  readonly changed = new Signal<readonly TextChange[]>();
  readonly closed = new Signal<void>();
  readonly steps: UndoStep[] = [];
  /** What the next writes answer instead of being done. */
  readonly refusals: WriteOutcome[] = [];
  undoIsSplit = false;
  canUndo = false;
  undone = 0;
  #textBefore = '';

  constructor(public text: string) {}

  get lines(): string[] {
    return this.text.split('\n');
  }

  get lineCount(): number {
    return this.lines.length;
  }

  lineAt(line: number): string {
    const text = this.lines[line];
    if (text === undefined) {
      throw new Error(`There is no line ${line}.`);
    }
    return text;
  }

  async write(change: TextChange, step: UndoStep): Promise<WriteOutcome> {
    await Promise.resolve();
    const refusal = this.refusals.shift();
    if (refusal !== undefined) {
      return refusal;
    }
    if (step === 'begin') {
      this.#textBefore = this.text;
    }
    this.steps.push(step);
    this.#apply(change);
    await Promise.resolve();
    return 'applied';
  }

  async undoAll(): Promise<boolean> {
    await Promise.resolve();
    if (!this.canUndo) {
      return false;
    }
    this.undone++;
    const last = this.lineCount - 1;
    this.#apply({
      start: { line: 0, character: 0 },
      end: { line: last, character: this.lineAt(last).length },
      text: this.#textBefore,
    });
    return true;
  }

  /** What a user, or another extension, does to the document. */
  type(line: number, character: number, text: string, end: TextPosition = { line, character }): void {
    this.#apply({ start: { line, character }, end, text });
  }

  close(): void {
    this.closed.emit();
  }

  #apply(change: TextChange): void {
    const from = this.#offset(change.start);
    this.text = this.text.slice(0, from) + change.text + this.text.slice(this.#offset(change.end));
    this.changed.emit([change]);
  }

  #offset({ line, character }: TextPosition): number {
    const before = this.lines.slice(0, line);
    if (character > this.lineAt(line).length) {
      throw new Error(`Line ${line} has no character ${character}.`);
    }
    return before.reduce((sum, text) => sum + text.length + 1, 0) + character;
  }
}
