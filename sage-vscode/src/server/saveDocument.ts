import * as vscode from 'vscode';
import type { SaveDocumentParams, SaveDocumentResult } from '../protocol/generated';

/** Saves one open document, so that what the agent runs next sees on disk what it edited in the editor. */
export async function saveDocument({ path }: SaveDocumentParams): Promise<SaveDocumentResult> {
  const { fsPath } = vscode.Uri.file(path);
  const document = vscode.workspace.textDocuments.find(({ uri }) => uri.scheme === 'file' && uri.fsPath === fsPath);
  return { saved: document !== undefined && (!document.isDirty || (await document.save())) };
}
