import * as vscode from 'vscode';
import { workspaceRoot } from '../../infrastructure/paths';
import type { SessionFiles } from './history';

/** The editor's own dialogs for sessions as files. */
export const sessionDialogs: SessionFiles = {
  async save(fileName, text) {
    const folder = workspaceRoot()?.uri;
    const target = await vscode.window.showSaveDialog({
      title: vscode.l10n.t('Export Session'),
      ...(folder && { defaultUri: vscode.Uri.joinPath(folder, fileName) }),
    });
    if (target === undefined) {
      return null;
    }
    await vscode.workspace.fs.writeFile(target, new TextEncoder().encode(text));
    return vscode.workspace.asRelativePath(target);
  },

  async read() {
    const folder = workspaceRoot()?.uri;
    const [source] =
      (await vscode.window.showOpenDialog({
        title: vscode.l10n.t('Import Session'),
        openLabel: vscode.l10n.t('Import'),
        filters: { [vscode.l10n.t('Exported sessions')]: ['json'] },
        ...(folder && { defaultUri: folder }),
      })) ?? [];
    return source === undefined ? null : new TextDecoder().decode(await vscode.workspace.fs.readFile(source));
  },
};
