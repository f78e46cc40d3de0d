import * as path from 'node:path';
import * as vscode from 'vscode';
import { protocolPath, uriOf, workspaceRoot } from '../../../infrastructure/paths';
import type { ApplyFiles, ApplyTarget } from './applyTarget';

const mostOffered = 500;

/** The files of the workspace, and the editor's own list to choose from. */
export const applyFiles: ApplyFiles = {
  get active() {
    const uri = vscode.window.activeTextEditor?.document.uri;
    return uri?.scheme === 'file' && isInside(protocolPath(uri)) ? protocolPath(uri) : null;
  },

  async find(named) {
    const uri = uriOf(path.normalize(named));
    const inside = protocolPath(uri);
    if (!isInside(inside)) {
      return null;
    }
    if (await isFile(uri)) {
      return inside;
    }
    // A model often leaves out the folders.
    const pattern = `**/${inside.replace(/[[\]{}*?]/g, '?')}`;
    const found = await vscode.workspace.findFiles(inRoot(pattern), undefined, 2);
    return found.length === 1 && found[0] !== undefined ? protocolPath(found[0]) : null;
  },

  async pick(offered) {
    const known = offered.map(
      (target): Choice => ({
        label: target.isNew ? vscode.l10n.t('Create {0}', target.path) : target.path,
        target,
      }),
    );
    const others = await vscode.workspace.findFiles(inRoot('**/*'), undefined, mostOffered);
    const rest = others
      .map(protocolPath)
      .filter((other) => !offered.some((target) => target.path === other))
      .sort()
      .map((other): Choice => ({ label: other, target: { path: other, isNew: false } }));
    const chosen = await vscode.window.showQuickPick([...known, ...rest], {
      title: vscode.l10n.t('Apply Code Block'),
      placeHolder: vscode.l10n.t('The file that it belongs to'),
    });
    return chosen?.target ?? null;
  },
};

interface Choice extends vscode.QuickPickItem {
  readonly target: ApplyTarget;
}

function inRoot(pattern: string): vscode.GlobPattern {
  const root = workspaceRoot();
  return root === undefined ? pattern : new vscode.RelativePattern(root, pattern);
}

function isInside(protocolPath: string): boolean {
  return !path.isAbsolute(protocolPath) && !protocolPath.startsWith('..') && protocolPath !== '.';
}

async function isFile(uri: vscode.Uri): Promise<boolean> {
  return vscode.workspace.fs.stat(uri).then(
    ({ type }) => (type & vscode.FileType.File) !== 0,
    () => false,
  );
}
