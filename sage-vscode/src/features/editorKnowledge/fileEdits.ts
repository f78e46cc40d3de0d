import type { EditorEdit, EditorFileEdit } from '../../protocol/generated';

interface Position {
  readonly line: number;
  readonly character: number;
}

interface TextChange {
  readonly range: { readonly start: Position; readonly end: Position };
  readonly newText: string;
}

/** The part of the editor's `WorkspaceEdit` that is needed. */
export interface WorkspaceChange<U> {
  entries(): [U, readonly TextChange[]][];
  /** Not part of the stable API, which does not tell of files that are created, moved and deleted. */
  _allEntries?(): readonly { readonly _type?: number }[];
}

/** As `_type` says it in `_allEntries`: edits of text. Others create, move and delete files, or insert snippets. */
const TEXT = 2;

/** What a language server would change, with what stands there now. */
export async function fileEdits<U extends { readonly scheme: string; readonly fsPath: string }>(
  change: WorkspaceChange<U>,
  linesOf: (uri: U) => Promise<readonly string[] | undefined>,
): Promise<EditorEdit> {
  const files: EditorFileEdit[] = [];
  let isWhole = !hasMoreThanText(change);
  for (const [uri, changes] of change.entries()) {
    const lines = uri.scheme === 'file' ? await linesOf(uri) : undefined;
    if (lines === undefined) {
      isWhole = false;
      continue;
    }
    const edits = changes.map(({ range: { start, end }, newText }) => ({
      startLine: start.line + 1,
      startCharacter: start.character,
      endLine: end.line + 1,
      endCharacter: end.character,
      oldText: textBetween(lines, start, end),
      newText,
    }));
    files.push({ path: uri.fsPath, edits });
  }
  return { files, hasFileOperations: !isWhole };
}

/** Where the editor has no such member any more, text is taken for all of it. */
function hasMoreThanText(change: WorkspaceChange<unknown>): boolean {
  return change._allEntries?.().some((entry) => entry._type !== TEXT) ?? false;
}

function textBetween(lines: readonly string[], start: Position, end: Position): string {
  const inside = lines.slice(start.line, end.line + 1);
  return inside
    .map((line, i) => line.slice(i === 0 ? start.character : 0, i === inside.length - 1 ? endOf(line, i) : undefined))
    .join('\n');

  function endOf(line: string, i: number): number {
    return start.line + i === end.line ? end.character : line.length;
  }
}
