import * as vscode from 'vscode';
import { Signal } from '../../infrastructure/signal';
import type { TextBuffer, TextChange, UndoStep, WriteOutcome } from './textBuffer';

/** A text document of the editor, written through whichever editor shows it. */
export class EditorBuffer implements TextBuffer {
  readonly changed = new Signal<readonly TextChange[]>();
  readonly closed = new Signal<void>();
  readonly #subscriptions: vscode.Disposable[];
  #writing = false;
  #writes = 0;
  #cursorMoved = false;
  #foreignChange = false;
  #textBefore = '';
  #isClosed = false;

  constructor(private readonly document: vscode.TextDocument) {
    this.#subscriptions = [
      vscode.workspace.onDidChangeTextDocument((event) => event.document === document && this.#changed(event)),
      vscode.workspace.onDidCloseTextDocument((closed) => closed === document && this.#closed()),
      vscode.window.onDidChangeTextEditorSelection(({ textEditor, kind }) => {
        const byUser =
          kind === vscode.TextEditorSelectionChangeKind.Keyboard || kind === vscode.TextEditorSelectionChangeKind.Mouse;
        this.#cursorMoved ||= byUser && textEditor.document === document && this.#writes > 0;
      }),
    ];
  }

  get lineCount(): number {
    return this.document.lineCount;
  }

  get undoIsSplit(): boolean {
    return this.#cursorMoved && !this.#foreignChange;
  }

  lineAt(line: number): string {
    return this.document.lineAt(line).text;
  }

  async write(change: TextChange, step: UndoStep): Promise<WriteOutcome> {
    const editor = this.#editor ?? (await this.#shownAgain());
    if (editor === undefined || this.#isClosed) {
      return 'closed';
    }
    if (step === 'begin') {
      this.#textBefore = this.document.getText();
      this.#writes = 0;
      this.#cursorMoved = false;
      this.#foreignChange = false;
    }
    const range = new vscode.Range(change.start.line, change.start.character, change.end.line, change.end.character);
    this.#writing = true;
    try {
      const applied = await editor.edit((edit) => edit.replace(range, change.text), {
        undoStopBefore: step === 'begin',
        undoStopAfter: false,
      });
      this.#writes += applied ? 1 : 0;
      return applied ? 'applied' : 'outdated';
    } finally {
      this.#writing = false;
    }
  }

  async undoAll(): Promise<boolean> {
    const active = vscode.window.activeTextEditor;
    if (this.#writes === 0 || this.#foreignChange || active?.document !== this.document) {
      return false;
    }
    const { selections } = active;
    this.#writing = true;
    const undone = await this.#repeat('undo', () => this.document.getText() === this.#textBefore, this.#writes);
    const whole = this.document.getText() === this.#textBefore;
    if (!whole) {
      await this.#repeat('redo', () => false, undone);
    }
    this.#writing = false;
    active.selections = selections;
    return whole;
  }

  dispose(): void {
    for (const subscription of this.#subscriptions) {
      subscription.dispose();
    }
  }

  /** Runs a command until it is done, or has no effect any more; answers how often it had one. */
  async #repeat(command: 'undo' | 'redo', done: () => boolean, most: number): Promise<number> {
    let times = 0;
    while (times < most && !done()) {
      const { version } = this.document;
      await vscode.commands.executeCommand(command);
      if (this.document.version === version) {
        break;
      }
      times++;
    }
    return times;
  }

  get #editor(): vscode.TextEditor | undefined {
    const { activeTextEditor, visibleTextEditors } = vscode.window;
    return activeTextEditor?.document === this.document
      ? activeTextEditor
      : visibleTextEditors.find((editor) => editor.document === this.document);
  }

  /** Only a visible editor can write without cutting the undo history; a hidden document waits for its tab. */
  #shownAgain(): Promise<vscode.TextEditor | undefined> {
    if (this.#isClosed) {
      return Promise.resolve(undefined);
    }
    return new Promise((resolve) => {
      const done = (editor: vscode.TextEditor | undefined) => {
        visible.dispose();
        closed.dispose();
        resolve(editor);
      };
      const visible = vscode.window.onDidChangeVisibleTextEditors(() => {
        const editor = this.#editor;
        if (editor !== undefined) {
          done(editor);
        }
      });
      const closed = this.closed.subscribe(() => done(undefined));
    });
  }

  #changed({ contentChanges }: vscode.TextDocumentChangeEvent): void {
    if (contentChanges.length === 0) {
      return;
    }
    this.#foreignChange ||= !this.#writing;
    this.changed.emit(
      contentChanges.map(({ range, text }) => ({
        start: { line: range.start.line, character: range.start.character },
        end: { line: range.end.line, character: range.end.character },
        text: text.replaceAll('\r\n', '\n'),
      })),
    );
  }

  #closed(): void {
    this.#isClosed = true;
    this.closed.emit();
    this.dispose();
  }
}
