import * as vscode from 'vscode';
import type { ListMcpServersResult } from '../../protocol/generated';
import { lineForFirst, lineOf, projectTemplate, userTemplate } from './configuration';

/** Opens the file that names a server, at the line that does. */
export async function openConfiguration(file: string, key: string): Promise<void> {
  await showAt(await vscode.workspace.openTextDocument(vscode.Uri.file(file)), (text) => lineOf(text, key));
}

export async function openProjectConfiguration(list: ListMcpServersResult | null): Promise<void> {
  if (list?.workspacePath === undefined) {
    throw new Error(vscode.l10n.t('Open a folder first: a project’s servers stand in a file at its root.'));
  }
  await openOrBegin(list.workspacePath, projectTemplate);
}

export async function openUserConfiguration(list: ListMcpServersResult | null): Promise<void> {
  if (list === null) {
    throw new Error(vscode.l10n.t('The Sage server does not run, so it cannot say where your settings are.'));
  }
  await openOrBegin(list.userPath, userTemplate);
}

/** Nothing is written before the user saves: a file that is not there yet is only begun. */
async function openOrBegin(file: string, template: string): Promise<void> {
  const uri = vscode.Uri.file(file);
  const isThere = await vscode.workspace.fs.stat(uri).then(
    () => true,
    () => false,
  );
  const document = await vscode.workspace.openTextDocument(isThere ? uri : uri.with({ scheme: 'untitled' }));
  if (document.getText() === '') {
    const edit = new vscode.WorkspaceEdit();
    edit.insert(document.uri, new vscode.Position(0, 0), template);
    await vscode.workspace.applyEdit(edit);
  }
  await showAt(document, lineForFirst);
}

async function showAt(document: vscode.TextDocument, lineIn: (text: string) => number): Promise<void> {
  const line = document.lineAt(Math.min(lineIn(document.getText()), document.lineCount - 1));
  await vscode.window.showTextDocument(document, {
    preview: true,
    selection: new vscode.Range(line.range.end, line.range.end),
  });
}
