import * as vscode from 'vscode';
import { uriOf } from '../../infrastructure/paths';
import type { PendingFile, RestorableFile } from '../../protocol/generated';
import { applyHunks } from './appliedHunks';
import { type HunkPlace, linesOf } from './hunkPlaces';
import type { Originals } from './originals';

/** Opens what is to be reviewed in the editor: a file's diff, all of them in one, or the place of a hunk. */
export class ChangeViews {
  constructor(private readonly originals: Originals) {}

  async openFile(file: PendingFile): Promise<void> {
    const [left, right] = this.originals.sides(file);
    const title = vscode.l10n.t('{0} (before ↔ with Sage’s changes)', file.path);
    await vscode.commands.executeCommand('vscode.diff', left, right, title, { preview: true });
  }

  /** Every file in one editor. */
  async openAll(files: readonly PendingFile[]): Promise<void> {
    const resources = files.map((file) => {
      const [left, right] = this.originals.sides(file);
      return [
        uriOf(file.path),
        file.kind === 'created' ? undefined : left,
        file.kind === 'deleted' ? undefined : right,
      ];
    });
    await vscode.commands.executeCommand('vscode.changes', vscode.l10n.t('Changes to Review'), resources);
  }

  /** What Sage has changed since before a turn, reviewed or not; what the user changed is on both sides. */
  async openSince(turnId: string, files: readonly RestorableFile[]): Promise<void> {
    const shown = files.filter(({ hunks }) => hunks.length > 0);
    const resources = await Promise.all(
      shown.map(async ({ path, kind, hunks }) => {
        const now = uriOf(path);
        // To be created again is what is not there now.
        const text = kind === 'created' ? '' : (await vscode.workspace.openTextDocument(now)).getText();
        const before = kind === 'deleted' ? undefined : this.originals.before(turnId, path, applyHunks(text, hunks));
        return [now, before, kind === 'created' ? undefined : now];
      }),
    );
    if (resources.length === 0) {
      void vscode.window.showInformationMessage(vscode.l10n.t('Nothing of what Sage changed since then is left.'));
    } else {
      await vscode.commands.executeCommand('vscode.changes', vscode.l10n.t('Changes since the Prompt'), resources);
    }
  }

  async goTo({ path, hunk }: HunkPlace): Promise<void> {
    const editor = await vscode.window.showTextDocument(uriOf(path), { preview: true });
    const { start, end } = linesOf(hunk, editor.document.lineCount);
    editor.selection = new vscode.Selection(start, 0, start, 0);
    editor.revealRange(new vscode.Range(start, 0, end, 0), vscode.TextEditorRevealType.InCenterIfOutsideViewport);
  }
}
