import type { EditorSymbol, FoundSymbols } from '../../protocol/generated';

interface Span {
  readonly start: { readonly line: number };
  readonly end: { readonly line: number };
}

/** A symbol of an outline, with what is inside of it. */
export interface Outlined {
  readonly name: string;
  readonly kind: number;
  readonly range: Span;
  readonly children: readonly Outlined[];
}

/** A symbol that says itself where it is; older providers give outlines of these, too. */
export interface Located {
  readonly name: string;
  readonly kind: number;
  readonly containerName?: string | undefined;
  readonly location: { readonly uri: { readonly fsPath: string }; readonly range: Span };
}

/** As the numbers of `vscode.SymbolKind`. */
const kinds = [
  ...['file', 'module', 'namespace', 'package', 'class', 'method', 'property', 'field', 'constructor', 'enum'],
  ...['interface', 'function', 'variable', 'constant', 'string', 'number', 'boolean', 'array', 'object', 'key', 'null'],
  ...['enum member', 'struct', 'event', 'operator', 'type parameter'],
];

/** The outline of a file, in its order, each symbol with how deep it lies. */
export function listOutline(path: string, symbols: readonly (Outlined | Located)[], most: number): FoundSymbols {
  const all: EditorSymbol[] = [];
  const add = (symbol: Outlined | Located, depth: number) => {
    if ('location' in symbol) {
      all.push(located(symbol));
      return;
    }
    all.push(toWire(symbol, path, symbol.range, { depth }));
    for (const child of [...symbol.children].sort(byLine)) {
      add(child, depth + 1);
    }
  };
  for (const symbol of symbols) {
    add(symbol, 0);
  }
  return { count: all.length, symbols: all.slice(0, most) };
}

/** Symbols of a folder, in the order in which they were found. */
export function listLocated(
  symbols: readonly Located[],
  isInside: (path: string) => boolean,
  most: number,
): FoundSymbols {
  const all = symbols.filter(({ location }) => isInside(location.uri.fsPath)).map(located);
  return { count: all.length, symbols: all.slice(0, most) };
}

function located(symbol: Located): EditorSymbol {
  const { uri, range } = symbol.location;
  return toWire(symbol, uri.fsPath, range, symbol.containerName ? { container: symbol.containerName } : {});
}

function toWire(
  { name, kind }: { readonly name: string; readonly kind: number },
  path: string,
  { start, end }: Span,
  more: { readonly depth?: number; readonly container?: string },
): EditorSymbol {
  return {
    name,
    kind: kinds[kind] ?? 'symbol',
    path,
    startLine: start.line + 1,
    endLine: end.line + 1,
    depth: 0,
    ...more,
  };
}

function byLine(a: Outlined, b: Outlined): number {
  return a.range.start.line - b.range.start.line;
}
