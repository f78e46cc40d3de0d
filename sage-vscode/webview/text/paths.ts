/** A place in a file, as a model writes it: `src/a.ts`, `src/a.ts:12`, `src/a.ts#L12`. */
export interface FilePlace {
  readonly path: string;
  readonly line?: number;
}

const place =
  /^(?<path>(?:[A-Za-z]:[\\/]|\.{0,2}[\\/])?[\w@.+-][\w@.+ ()[\]-]*(?:[\\/][\w@.+ ()[\]-]+)*)(?:(?::|#L)(?<line>\d{1,7})(?:[:-]L?\d+)?)?$/;
const extension = /\.[A-Za-z][A-Za-z0-9]{0,9}$/;
const knownNames = /(?:^|[\\/])(?:Dockerfile|Makefile|LICENSE|README|\.gitignore|\.editorconfig|\.env(?:\.\w+)?)$/;

/** Reads text as a place in a file; null when it does not look like one. Errs on the side of plain text. */
export function parsePlace(text: string): FilePlace | null {
  const { path, line } = place.exec(text.trim())?.groups ?? {};
  if (path === undefined || path.length > 300 || path !== path.trimEnd()) {
    return null;
  }
  const hasFolder = /[\\/]/.test(path);
  const named =
    knownNames.test(path) || (extension.test(path) && (hasFolder || line !== undefined || isFileName(path)));
  if (!named) {
    return null;
  }
  return line === undefined ? { path } : { path, line: Number(line) };
}

const commonExtensions = new Set(
  'c cc cpp cs css csproj dart go h hpp html java js json jsx kt lua md mjs cjs mts php props ps1 py rb rs scss sh sln sql svg swift toml ts tsx txt vue xml yaml yml'.split(
    ' ',
  ),
);

/** Without a folder, `a.ts` is a file and `console.log` is not. */
function isFileName(path: string): boolean {
  const at = path.lastIndexOf('.');
  return at > 0 && !path.includes(' ') && commonExtensions.has(path.slice(at + 1));
}
