import * as path from 'node:path';
import * as vscode from 'vscode';

/** The folder that is Sage's workspace: the first one. */
export function workspaceRoot(): vscode.WorkspaceFolder | undefined {
  return vscode.workspace.workspaceFolders?.[0];
}

/** Relative to the workspace root with forward slashes; absolute when outside. The words of the protocol. */
export function protocolPath(uri: vscode.Uri): string {
  const root = workspaceRoot();
  if (root === undefined || vscode.workspace.getWorkspaceFolder(uri)?.index !== root.index) {
    return uri.fsPath;
  }
  return path.relative(root.uri.fsPath, uri.fsPath).split(path.sep).join('/') || '.';
}

/** The other way round. */
export function uriOf(protocolPath: string): vscode.Uri {
  const root = workspaceRoot();
  return root === undefined || path.isAbsolute(protocolPath)
    ? vscode.Uri.file(protocolPath)
    : vscode.Uri.joinPath(root.uri, protocolPath);
}
