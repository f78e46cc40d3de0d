import * as vscode from 'vscode';
import { protocolPath } from '../../infrastructure/paths';

/** More files than a list can be searched in while somebody types. */
const MOST_FILES = 50_000;

/** So long a list of files is good enough; an older one is shown while the next is made. */
const FRESH_MS = 5_000;

/** The files of the workspace as the editor finds them, without what its settings leave out of searches. */
export class FileIndex {
  #files: readonly string[] = [];
  #madeAt = Number.NEGATIVE_INFINITY;
  #making: Promise<void> | undefined;

  /** Paths as the user reads them, relative to the workspace. */
  async files(): Promise<readonly string[]> {
    if (Date.now() - this.#madeAt > FRESH_MS) {
      this.#making ??= this.#make().finally(() => {
        this.#making = undefined;
      });
    }
    if (this.#files.length === 0) {
      await this.#making;
    }
    return this.#files;
  }

  async #make(): Promise<void> {
    const found = await vscode.workspace.findFiles('**/*', leftOut(), MOST_FILES);
    this.#files = found.map(protocolPath);
    this.#madeAt = Date.now();
  }
}

/** The settings `files.exclude` and `search.exclude`, as one pattern. */
function leftOut(): string | null {
  const patterns = ['files', 'search'].flatMap((section) => {
    const exclude = vscode.workspace.getConfiguration(section).get<Record<string, unknown>>('exclude') ?? {};
    return Object.entries(exclude).flatMap(([pattern, on]) => (on === false ? [] : [pattern]));
  });
  return patterns.length === 0 ? null : `{${patterns.join(',')}}`;
}
