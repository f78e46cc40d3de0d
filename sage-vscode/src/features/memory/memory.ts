import * as path from 'node:path';
import * as vscode from 'vscode';
import { type ListMemoryResult, type MemoryFile, Methods } from '../../protocol/generated';
import type { Server } from '../../server/requests';
import { lineToRemember } from './lineToRemember';

interface FileItem extends vscode.QuickPickItem {
  readonly path?: string;
}

/** The files that the model reads before every prompt: to look at, and to write into. */
export class Memory {
  constructor(private readonly server: Server) {}

  /** Lets the user open one of them. */
  async show(): Promise<void> {
    const memory = await this.server.request(Methods.listMemory, {});
    const picked = await vscode.window.showQuickPick<FileItem>([...memory.files.map(itemOf), ...missing(memory)], {
      title: vscode.l10n.t('What the model reads before every prompt; where two disagree, the later one counts'),
      placeHolder: vscode.l10n.t('Open a file'),
      matchOnDescription: true,
    });
    if (picked?.path !== undefined) {
      await open(picked.path);
    }
  }

  /** Writes a line into the file that the user chooses, and answers which; null when they chose none. */
  async remember(text: string): Promise<string | null> {
    const { userPath, workspacePath } = await this.server.request(Methods.listMemory, {});
    const places: FileItem[] = [
      {
        label: vscode.l10n.t('In every workspace'),
        description: userPath,
        path: userPath,
      },
    ];
    if (workspacePath !== undefined) {
      places.unshift({
        label: vscode.l10n.t('In this workspace, for everybody who works in it'),
        description: path.basename(workspacePath),
        path: workspacePath,
      });
    }
    const picked = await vscode.window.showQuickPick(places, {
      title: vscode.l10n.t('Remember “{0}”', text),
      placeHolder: vscode.l10n.t('Where? To send it as a prompt instead, put a blank before the #.'),
    });
    if (picked?.path === undefined) {
      return null;
    }
    await append(vscode.Uri.file(picked.path), text);
    return path.basename(picked.path);
  }
}

function itemOf({ name, path: file, source, length, problem, importedBy }: MemoryFile): FileItem {
  const whose = source === 'user' ? vscode.l10n.t('yours') : vscode.l10n.t('this workspace');
  return {
    label: `$(book) ${name}`,
    description: importedBy === undefined ? whose : vscode.l10n.t('named in {0}', importedBy),
    detail: problem === undefined ? vscode.l10n.t('{0} bytes', length) : `$(warning) ${problem}`,
    path: file,
  };
}

/** What could be there, and is where something to remember would go. */
function missing({ files, userPath, workspacePath }: ListMemoryResult): FileItem[] {
  const known = new Set(files.map((file) => file.path));
  return [userPath, workspacePath]
    .filter((file) => file !== undefined)
    .filter((file) => !known.has(file))
    .map((file) => ({
      label: `$(add) ${path.basename(file)}`,
      description: file === userPath ? vscode.l10n.t('yours') : vscode.l10n.t('this workspace'),
      detail: file,
      path: file,
    }));
}

async function open(file: string): Promise<void> {
  const uri = vscode.Uri.file(file);
  const isThere = await vscode.workspace.fs.stat(uri).then(
    () => true,
    () => false,
  );
  await vscode.window.showTextDocument(isThere ? uri : uri.with({ scheme: 'untitled' }), { preview: true });
}

/** Through the editor, so that it can be undone there and what is not saved yet is not lost. */
async function append(uri: vscode.Uri, text: string): Promise<void> {
  await vscode.workspace.fs.createDirectory(vscode.Uri.joinPath(uri, '..'));
  const creation = new vscode.WorkspaceEdit();
  creation.createFile(uri, { ignoreIfExists: true });
  await vscode.workspace.applyEdit(creation);
  const document = await vscode.workspace.openTextDocument(uri);
  const wasDirty = document.isDirty;
  const edit = new vscode.WorkspaceEdit();
  edit.insert(uri, document.lineAt(document.lineCount - 1).range.end, lineToRemember(document.getText(), text));
  if (!(await vscode.workspace.applyEdit(edit)) || (!wasDirty && !(await document.save()))) {
    throw new Error(vscode.l10n.t('{0} could not be changed.', uri.fsPath));
  }
}
