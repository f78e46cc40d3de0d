import * as vscode from 'vscode';

/** Longer files are not read for a line of them. */
const LARGEST = 5 * 1024 * 1024;

/** Reads the lines of files once for each answer: of open documents, and of others without opening them. */
export class FileLines {
  readonly #files = new Map<string, Promise<readonly string[] | undefined>>();

  readonly read = (uri: vscode.Uri): Promise<readonly string[] | undefined> => {
    const key = uri.toString();
    const lines = this.#files.get(key) ?? readLines(uri);
    this.#files.set(key, lines);
    return lines;
  };
}

async function readLines(uri: vscode.Uri): Promise<readonly string[] | undefined> {
  const open = vscode.workspace.textDocuments.find((document) => document.uri.toString() === uri.toString());
  if (open !== undefined) {
    return split(open.getText());
  }
  try {
    const { size } = await vscode.workspace.fs.stat(uri);
    return size > LARGEST ? undefined : split(new TextDecoder().decode(await vscode.workspace.fs.readFile(uri)));
  } catch {
    return undefined;
  }
}

function split(text: string): string[] {
  return text.split(/\r\n|\r|\n/);
}
