import type { EditorLocation, FoundLocations } from '../../protocol/generated';

interface Target {
  readonly scheme: string;
  readonly fsPath: string;
  toString(): string;
}

interface Span {
  readonly start: { readonly line: number; readonly character: number };
}

/** Where something is, in either of the editor's forms. */
export type Location<U extends Target = Target> =
  | { readonly uri: U; readonly range: Span }
  | { readonly targetUri: U; readonly targetRange: Span; readonly targetSelectionRange?: Span | undefined };

const LONGEST_LINE = 300;

/** Places by path and line, each once, with the lines that can be read. */
export async function listLocations<U extends Target>(
  found: readonly Location<U>[],
  most: number,
  linesOf: (uri: U) => Promise<readonly string[] | undefined>,
): Promise<FoundLocations> {
  const places = new Map<string, { readonly uri: U; readonly path: string; readonly line: number }>();
  for (const location of found) {
    const [uri, span] =
      'uri' in location
        ? [location.uri, location.range]
        : [location.targetUri, location.targetSelectionRange ?? location.targetRange];
    const path = uri.scheme === 'file' ? uri.fsPath : uri.toString();
    places.set(`${path}\n${span.start.line}`, { uri, path, line: span.start.line });
  }
  const sorted = [...places.values()].sort((a, b) => (a.path === b.path ? a.line - b.line : a.path < b.path ? -1 : 1));
  const locations: EditorLocation[] = [];
  for (const { uri, path, line } of sorted.slice(0, most)) {
    const text = (await linesOf(uri))?.[line]?.trim();
    locations.push({ path, line: line + 1, ...(text !== undefined && { text: cut(text) }) });
  }
  return { count: sorted.length, locations };
}

function cut(text: string): string {
  return text.length > LONGEST_LINE ? `${text.slice(0, LONGEST_LINE)}…` : text;
}
