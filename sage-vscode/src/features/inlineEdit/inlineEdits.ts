import { randomUUID } from 'node:crypto';
import * as vscode from 'vscode';
import { messageOf } from '../../infrastructure/errors';
import { onceAtATime } from '../../infrastructure/onceAtATime';
import { type InlineEditProgress, Methods, type RunInlineEditParams } from '../../protocol/generated';
import type { Server } from '../../server/requests';
import { EditorBuffer } from './editorBuffer';
import { type Ending, InlineEdit } from './inlineEdit';
import { InlineEditView } from './inlineEditView';
import { OriginalText } from './originalText';
import { type Target, targetOf } from './target';

const ACTIVE = 'sage.inlineEditActive';

/** 0-based, inclusive. */
export interface Lines {
  readonly start: number;
  readonly end: number;
}

interface Running {
  readonly document: vscode.TextDocument;
  /** The document's text before the edit. */
  readonly original: string;
  readonly edit: InlineEdit;
  /** What the user asked for, the oldest first. */
  readonly instructions: string[];
  stop: AbortController;
}

/** The inline edit commands: ask for an instruction, stream the answer into the file, let the user decide. */
export class InlineEdits {
  readonly #running = new Map<vscode.TextDocument, Running>();
  readonly #view = new InlineEditView((document) => this.#running.get(document)?.edit);
  readonly #originals = new OriginalText();
  /** A second box, of a key pressed twice, would take the keys of the edit that the first one began. */
  readonly #ask = onceAtATime(askForInstruction);
  readonly #askAgain = onceAtATime(askForRefinement);

  constructor(
    context: vscode.ExtensionContext,
    private readonly server: Server,
  ) {
    const register = vscode.commands.registerCommand;
    context.subscriptions.push(
      this.#view,
      this.#originals.register(),
      vscode.languages.registerCodeLensProvider({ scheme: 'file' }, this.#view),
      vscode.window.onDidChangeActiveTextEditor(() => this.#showActive()),
      vscode.window.onDidChangeVisibleTextEditors(() => this.#redraw()),
      register('sage.inlineEdit', () => this.#editAtCursor()),
      register('sage.inlineEdit.accept', (index?: number) => this.#active?.edit.accept(index)),
      register('sage.inlineEdit.reject', (index?: number) => this.#reject(index)),
      register('sage.inlineEdit.compare', () => this.#compare()),
      register('sage.inlineEdit.refine', () => this.#active && this.#refine(this.#active)),
    );
  }

  /** Rewrites these lines, as another feature asks for it; the user is asked how, unless that is known. */
  async editLines(uri: vscode.Uri, lines: Lines, instruction?: string): Promise<void> {
    const editor = await vscode.window.showTextDocument(uri, { preview: false });
    await this.#askAndRun(editor, { ...lines, insert: false }, instruction);
  }

  get #active(): Running | undefined {
    const document = vscode.window.activeTextEditor?.document;
    return document === undefined ? undefined : this.#running.get(document);
  }

  async #editAtCursor(): Promise<void> {
    const editor = vscode.window.activeTextEditor;
    if (editor === undefined) {
      void vscode.window.showInformationMessage(
        vscode.l10n.t('Open a file and put the cursor where the edit belongs.'),
      );
      return;
    }
    const { document, selection } = editor;
    const waiting = this.#running.get(document);
    if (waiting?.edit.phase === 'reviewing' && touches(waiting.edit, selection)) {
      await this.#refine(waiting);
      return;
    }
    await this.#askAndRun(
      editor,
      targetOf(selection, (line) => document.lineAt(line).text),
    );
  }

  async #askAndRun(editor: vscode.TextEditor, target: Target, known?: string): Promise<void> {
    const { document } = editor;
    if (document.uri.scheme !== 'file') {
      void vscode.window.showInformationMessage(vscode.l10n.t('Save this document as a file first.'));
      return;
    }
    if (this.#running.has(document)) {
      void vscode.window.showInformationMessage(
        vscode.l10n.t('Accept or reject the edit that is open in this file first.'),
      );
      return;
    }
    const instruction = known ?? (await this.#ask(target));
    if (instruction) {
      await this.#run(editor, target, instruction);
    }
  }

  async #run(editor: vscode.TextEditor, target: Target, instruction: string): Promise<void> {
    const { document, selection } = editor;
    // A selection would lie over the colours of the diff.
    editor.selection = new vscode.Selection(target.start, 0, target.start, 0);
    const buffer = new EditorBuffer(document);
    const edit = new InlineEdit(buffer, target);
    const running: Running = {
      document,
      original: document.getText(),
      edit,
      instructions: [instruction],
      stop: new AbortController(),
    };
    this.#running.set(document, running);
    edit.changed.subscribe(() => this.#view.refresh(document));
    edit.ended.subscribe((ending) => {
      running.stop.abort();
      buffer.dispose();
      this.#running.delete(document);
      this.#originals.forget(document);
      this.#view.refresh(document);
      this.#showActive();
      if (ending === 'rejected' && vscode.window.activeTextEditor === editor) {
        editor.selection = selection;
      }
      tell(ending);
    });
    this.#view.refresh(document);
    this.#showActive();
    await this.#stream(running, {
      path: document.uri.fsPath,
      startLine: target.start + 1,
      endLine: target.end + 1,
      instruction,
      insert: target.insert,
    });
  }

  /** Another proposal for the same lines, from what the user says to the one that waits. */
  async #refine(running: Running): Promise<void> {
    const { document, edit, instructions } = running;
    if (edit.phase !== 'reviewing') {
      return;
    }
    const instruction = await this.#askAgain(instructions.at(-1) ?? '');
    if (!instruction || edit.phase !== 'reviewing') {
      return;
    }
    const { start, count } = edit.lines;
    const refines = { original: edit.original.join('\n'), instructions: [...instructions] };
    const place = { path: document.uri.fsPath, startLine: start + 1, endLine: start + count };
    instructions.push(instruction);
    running.stop = new AbortController();
    edit.refine();
    await this.#stream(running, { ...place, instruction, refines });
  }

  async #stream(running: Running, params: RunInlineEditParams): Promise<void> {
    await vscode.window.withProgress(
      { location: vscode.ProgressLocation.Window, title: vscode.l10n.t('Sage is editing') },
      () => this.#receive(running, { ...params, partialResultToken: randomUUID() }),
    );
  }

  async #receive(
    { edit, stop }: Running,
    params: RunInlineEditParams & { readonly partialResultToken: string },
  ): Promise<void> {
    const progress = this.server.onProgress(params.partialResultToken, (value) => {
      const { offset, text } = value as InlineEditProgress;
      edit.append(offset, text);
    });
    try {
      const { text, error } = await this.server.request(Methods.runInlineEdit, params, stop.signal);
      if (error === undefined) {
        await edit.finish(text);
      } else {
        await fail(edit, error.message);
      }
    } catch (error) {
      // Whoever stops it restores the text as well.
      if (!stop.signal.aborted) {
        await fail(edit, messageOf(error));
      }
    } finally {
      progress.dispose();
    }
  }

  async #reject(index?: number): Promise<void> {
    const active = this.#active;
    if (active?.edit.phase === 'streaming') {
      active.stop.abort();
    }
    await active?.edit.reject(index);
  }

  async #compare(): Promise<void> {
    const active = this.#active;
    if (active !== undefined) {
      await this.#originals.compare(active.document, active.original);
    }
  }

  #showActive(): void {
    void vscode.commands.executeCommand('setContext', ACTIVE, this.#active !== undefined);
  }

  #redraw(): void {
    for (const document of this.#running.keys()) {
      this.#view.refresh(document);
    }
  }
}

async function askForInstruction(target: Target): Promise<string | undefined> {
  const instruction = await vscode.window.showInputBox({
    title: target.insert ? vscode.l10n.t('Sage: generate here') : vscode.l10n.t('Sage: edit {0}', where(target)),
    placeHolder: target.insert ? vscode.l10n.t('What to write') : vscode.l10n.t('What to change'),
  });
  return instruction?.trim();
}

async function askForRefinement(last: string): Promise<string | undefined> {
  const instruction = await vscode.window.showInputBox({
    title: vscode.l10n.t('Sage: refine this edit'),
    prompt: vscode.l10n.t('Asked until now: {0}', last),
    placeHolder: vscode.l10n.t('What should be otherwise'),
  });
  return instruction?.trim();
}

function touches({ lines: { start, count } }: InlineEdit, selection: vscode.Selection): boolean {
  return selection.start.line < start + count && selection.end.line >= start;
}

async function fail(edit: InlineEdit, message: string): Promise<void> {
  await edit.reject();
  const log = vscode.l10n.t('Show Log');
  void vscode.window
    .showErrorMessage(vscode.l10n.t('Sage could not edit: {0}', message), log)
    .then((choice) => choice === log && vscode.commands.executeCommand('sage.showLog'));
}

function tell(ending: Ending): void {
  if (ending === 'userEdit') {
    void vscode.window.setStatusBarMessage(vscode.l10n.t('Sage stopped: your own change is kept.'), 5000);
  } else if (ending === 'unchanged') {
    void vscode.window.showInformationMessage(vscode.l10n.t('Sage would change nothing here.'));
  } else if (ending === 'notEditable') {
    void vscode.window.showErrorMessage(vscode.l10n.t('Sage could not edit this file: the editor refused the change.'));
  }
}

function where({ start, end }: Target): string {
  return start === end ? vscode.l10n.t('line {0}', start + 1) : vscode.l10n.t('lines {0}–{1}', start + 1, end + 1);
}
