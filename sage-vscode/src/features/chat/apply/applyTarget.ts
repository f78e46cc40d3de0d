/** Where files are, and who can say which is meant. */
export interface ApplyFiles {
  /** The path of the one file of the workspace that is meant; null when there is none, or more than one. */
  find(path: string): Promise<string | null>;
  /** The file in the active editor, when it is in the workspace. */
  readonly active: string | null;
  /** Asks the user; null when they do not want any. */
  pick(offered: readonly ApplyTarget[]): Promise<ApplyTarget | null>;
}

export interface ApplyTarget {
  readonly path: string;
  readonly isNew: boolean;
}

/**
 * The file that a block of code belongs to: the one it names, or the text above it, if that exists; else the one in the editor. Only
 * the user can say whether a file that is named and does not exist is to be created.
 */
export async function findApplyTarget(
  named: readonly string[],
  nearby: readonly string[],
  files: ApplyFiles,
): Promise<ApplyTarget | null> {
  for (const path of [...named, ...nearby]) {
    const found = await files.find(path);
    if (found !== null) {
      return { path: found, isNew: false };
    }
  }
  const active = files.active === null ? [] : [{ path: files.active, isNew: false }];
  const [missing] = named;
  if (missing !== undefined) {
    return files.pick([{ path: missing, isNew: true }, ...active]);
  }
  return active[0] ?? files.pick([]);
}
