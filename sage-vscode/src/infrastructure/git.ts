import * as vscode from 'vscode';

/** What Sage uses of the API of the editor's own git extension (version 1). */
interface GitApi {
  readonly repositories: readonly GitRepository[];
  getRepository(uri: vscode.Uri): GitRepository | null;
}

export interface GitChange {
  readonly uri: vscode.Uri;
  readonly status: number;
}

/** The API's number for a file that git does not know yet. */
const UNTRACKED = 7;

export interface GitRepository {
  readonly rootUri: vscode.Uri;
  readonly inputBox: { value: string };
  readonly state: {
    readonly indexChanges: readonly unknown[];
    readonly workingTreeChanges: readonly GitChange[];
  };
  /** As `git diff` prints it; of what is staged when asked for that. */
  diff(cached?: boolean): Promise<string>;
  /** What differs in one file from the last commit, staged or not. */
  diffWithHEAD(path: string): Promise<string>;
  log(options: { maxEntries: number }): Promise<readonly { readonly message: string }[]>;
}

/** The repository of the workspace that the editor has open; null without one, or without its git extension. */
export async function findRepository(root?: vscode.Uri): Promise<GitRepository | null> {
  const extension = vscode.extensions.getExtension<{ getAPI(version: 1): GitApi }>('vscode.git');
  if (extension === undefined) {
    return null;
  }
  try {
    const api = (await extension.activate()).getAPI(1);
    const folder = root ?? vscode.workspace.workspaceFolders?.[0]?.uri;
    return (folder && api.getRepository(folder)) ?? api.repositories[0] ?? null;
  } catch {
    // It throws where the user has switched git off.
    return null;
  }
}

/** How many files differ from the last commit. */
export function countChanges({ state }: GitRepository): number {
  return state.indexChanges.length + state.workingTreeChanges.length;
}

/** What differs, staged or not, as diffs; files that git does not know yet by their names. */
export async function readChanges(repository: GitRepository): Promise<string> {
  const [staged, unstaged] = await Promise.all([repository.diff(true), repository.diff()]);
  return joined([staged, unstaged, ...namesOfNew(repository)]);
}

/** What a commit would take: what is staged, or everything when nothing is. */
export async function readStaged(repository: GitRepository): Promise<string> {
  return repository.state.indexChanges.length > 0 ? repository.diff(true) : readChanges(repository);
}

/** What differs in these files from the last commit. */
export async function readChangesOf(repository: GitRepository, files: readonly vscode.Uri[]): Promise<string> {
  const diffs = await Promise.all(files.map(({ fsPath }) => repository.diffWithHEAD(fsPath)));
  const wanted = new Set(files.map(({ fsPath }) => fsPath));
  return joined([...diffs, ...namesOfNew(repository, ({ uri }) => wanted.has(uri.fsPath))]);
}

function namesOfNew({ state }: GitRepository, isWanted: (change: GitChange) => boolean = () => true): string[] {
  return state.workingTreeChanges
    .filter((change) => change.status === UNTRACKED && isWanted(change))
    .map(({ uri }) => `New file, not added yet: ${vscode.workspace.asRelativePath(uri, false)}`);
}

const joined = (parts: readonly string[]) => parts.filter((part) => part.trim() !== '').join('\n');
