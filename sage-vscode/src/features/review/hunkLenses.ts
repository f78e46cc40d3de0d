import * as vscode from 'vscode';
import { protocolPath } from '../../infrastructure/paths';
import type { PendingHunk } from '../../protocol/generated';
import { linesOf } from './hunkPlaces';
import type { PendingFiles } from './pendingFiles';
import { firstWords } from './reviewWords';

/** The visible handle of each hunk: Keep, Undo, and the prompt that it came from. */
export class HunkLenses implements vscode.CodeLensProvider {
  readonly #changed = new vscode.EventEmitter<void>();
  readonly onDidChangeCodeLenses = this.#changed.event;

  constructor(private readonly pending: PendingFiles) {}

  register(): vscode.Disposable {
    return vscode.Disposable.from(
      this.#changed,
      vscode.languages.registerCodeLensProvider({ scheme: 'file' }, this),
      vscode.workspace.onDidChangeConfiguration(
        (change) => change.affectsConfiguration('sage.review.codeLenses') && this.refresh(),
      ),
    );
  }

  refresh(): void {
    this.#changed.fire();
  }

  provideCodeLenses(document: vscode.TextDocument): vscode.CodeLens[] {
    const path = protocolPath(document.uri);
    const hunks = this.pending.find(path)?.hunks ?? [];
    const wanted = vscode.workspace.getConfiguration('sage', document).get('review.codeLenses', true);
    return wanted ? hunks.flatMap((hunk) => this.#lensesOf(path, hunk, document.lineCount)) : [];
  }

  #lensesOf(path: string, hunk: PendingHunk, lineCount: number): vscode.CodeLens[] {
    const { start } = linesOf(hunk, lineCount);
    const lens = (title: string, tooltip: string, command: string, ...rest: unknown[]) =>
      new vscode.CodeLens(new vscode.Range(start, 0, start, 0), { title, tooltip, command, arguments: rest });
    const prompt = this.pending.promptOf(hunk.turnId);
    const lenses = [
      lens(
        `$(check)\u00a0${vscode.l10n.t('Keep')}`,
        vscode.l10n.t('Keep this change'),
        'sage.review.keepHunk',
        path,
        hunk,
      ),
      lens(
        `$(discard)\u00a0${vscode.l10n.t('Undo')}`,
        hunk.edited === true
          ? vscode.l10n.t('Undo this change; asks first, because you have changed these lines too')
          : vscode.l10n.t('Undo this change'),
        'sage.review.undoHunk',
        path,
        hunk,
      ),
    ];
    return prompt === undefined
      ? lenses
      : [
          ...lenses,
          lens(
            `$(comment)\u00a0${firstWords(prompt)}`,
            vscode.l10n.t('Show in the chat: {0}', prompt),
            'sage.review.showInChat',
            hunk,
          ),
        ];
  }
}
