import * as vscode from 'vscode';
import type { InlineEdit } from './inlineEdit';
import type { LineHunk } from './lineHunks';
import { type LineSpan, streamingMarks } from './streamingMarks';

/** Draws inline edits: new lines coloured as in a diff, old lines in a hover, code lenses to decide. */
export class InlineEditView implements vscode.CodeLensProvider {
  readonly #lensesChanged = new vscode.EventEmitter<void>();
  readonly onDidChangeCodeLenses = this.#lensesChanged.event;
  readonly #inserted = vscode.window.createTextEditorDecorationType({
    isWholeLine: true,
    backgroundColor: new vscode.ThemeColor('diffEditor.insertedLineBackground'),
    overviewRulerColor: new vscode.ThemeColor('diffEditorOverview.insertedForeground'),
    overviewRulerLane: vscode.OverviewRulerLane.Full,
  });
  readonly #removed = vscode.window.createTextEditorDecorationType({
    isWholeLine: true,
    borderStyle: 'dashed none none none',
    borderWidth: '1px',
    borderColor: new vscode.ThemeColor('editorGutter.deletedBackground'),
    overviewRulerColor: new vscode.ThemeColor('diffEditorOverview.removedForeground'),
    overviewRulerLane: vscode.OverviewRulerLane.Full,
  });
  // Code lenses wait until the document is quiet; while it grows, this says how to stop.
  readonly #growing = vscode.window.createTextEditorDecorationType({
    after: { margin: '0 0 0 2em', color: new vscode.ThemeColor('editorCodeLens.foreground'), fontStyle: 'italic' },
  });
  readonly #waiting = vscode.window.createTextEditorDecorationType({ isWholeLine: true, opacity: '0.45' });

  constructor(private readonly editOf: (document: vscode.TextDocument) => InlineEdit | undefined) {}

  refresh(document: vscode.TextDocument): void {
    for (const editor of vscode.window.visibleTextEditors) {
      if (editor.document === document) {
        this.#decorate(editor, this.editOf(document));
      }
    }
    this.#lensesChanged.fire();
  }

  provideCodeLenses(document: vscode.TextDocument): vscode.CodeLens[] {
    const edit = this.editOf(document);
    if (edit === undefined) {
      return [];
    }
    const { start } = edit.lines;
    if (edit.phase !== 'reviewing') {
      return [
        lens(start, `$(loading~spin)\u00a0${vscode.l10n.t('Sage is writing…')}`, ''),
        lens(start, vscode.l10n.t('Stop (Esc)'), 'sage.inlineEdit.reject'),
      ];
    }
    const several = edit.hunks.length > 1;
    const forAll = [
      lens(
        start,
        `$(check)\u00a0${several ? vscode.l10n.t('Accept All') : vscode.l10n.t('Accept')}`,
        'sage.inlineEdit.accept',
      ),
      lens(
        start,
        `$(discard)\u00a0${several ? vscode.l10n.t('Reject All') : vscode.l10n.t('Reject')}`,
        'sage.inlineEdit.reject',
      ),
      lens(start, vscode.l10n.t('Refine…'), 'sage.inlineEdit.refine'),
      lens(start, vscode.l10n.t('Compare'), 'sage.inlineEdit.compare'),
    ];
    const forEach = edit.hunks.flatMap((hunk, index) => {
      const line = Math.min(start + hunk.newStart, document.lineCount - 1);
      return [
        lens(line, vscode.l10n.t('Accept Block'), 'sage.inlineEdit.accept', index),
        lens(line, vscode.l10n.t('Reject Block'), 'sage.inlineEdit.reject', index),
      ];
    });
    return several ? [...forAll, ...forEach] : forAll;
  }

  dispose(): void {
    for (const part of [this.#inserted, this.#removed, this.#growing, this.#waiting, this.#lensesChanged]) {
      part.dispose();
    }
  }

  #decorate(editor: vscode.TextEditor, edit: InlineEdit | undefined): void {
    const inserted: vscode.DecorationOptions[] = [];
    const removed: vscode.DecorationOptions[] = [];
    const growing: vscode.DecorationOptions[] = [];
    const waiting: vscode.Range[] = [];
    if (edit?.phase === 'streaming') {
      const marks = streamingMarks(edit);
      if (marks.written !== null) {
        inserted.push({ range: lines(marks.written) });
      }
      if (marks.waiting !== null) {
        waiting.push(lines(marks.waiting));
      }
      if (marks.hintLine !== null) {
        const contentText = edit.acceptsAll
          ? vscode.l10n.t('Sage is writing… accepted when done, Esc stops')
          : vscode.l10n.t('Sage is writing… Esc stops');
        const { range } = editor.document.lineAt(marks.hintLine);
        growing.push({ range, renderOptions: { after: { contentText } } });
      }
    } else if (edit?.phase === 'reviewing') {
      for (const hunk of edit.hunks) {
        const option = { range: hunkRange(editor.document, edit, hunk), hoverMessage: oldText(editor.document, hunk) };
        (hunk.newCount > 0 ? inserted : removed).push(option);
      }
    }
    editor.setDecorations(this.#inserted, inserted);
    editor.setDecorations(this.#removed, removed);
    editor.setDecorations(this.#growing, growing);
    editor.setDecorations(this.#waiting, waiting);
  }
}

function lens(line: number, title: string, command: string, ...rest: unknown[]): vscode.CodeLens {
  return new vscode.CodeLens(new vscode.Range(line, 0, line, 0), { title, command, arguments: rest });
}

function lines({ start, count }: LineSpan): vscode.Range {
  return new vscode.Range(start, 0, start + Math.max(count, 1) - 1, Number.MAX_SAFE_INTEGER);
}

function hunkRange(document: vscode.TextDocument, edit: InlineEdit, hunk: LineHunk): vscode.Range {
  return document.validateRange(lines({ start: edit.lines.start + hunk.newStart, count: hunk.newCount }));
}

function oldText(document: vscode.TextDocument, hunk: LineHunk): vscode.MarkdownString[] {
  return hunk.oldLines.length === 0
    ? []
    : [
        new vscode.MarkdownString(vscode.l10n.t('Before:')),
        new vscode.MarkdownString().appendCodeblock(hunk.oldLines.join('\n'), document.languageId),
      ];
}
