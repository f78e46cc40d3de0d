import * as vscode from 'vscode';

const SETTING = 'codeLenses.enabled';

const shown: ReadonlySet<vscode.SymbolKind> = new Set([
  vscode.SymbolKind.Class,
  vscode.SymbolKind.Constructor,
  vscode.SymbolKind.Enum,
  vscode.SymbolKind.Function,
  vscode.SymbolKind.Interface,
  vscode.SymbolKind.Method,
  vscode.SymbolKind.Struct,
]);

/** A lens that is given its words when it comes into sight. */
class SymbolLens extends vscode.CodeLens {
  constructor(
    range: vscode.Range,
    readonly uri: vscode.Uri,
    /** All of the function or class. */
    readonly whole: vscode.Range,
    readonly action: 'explain' | 'generateTests' | 'document',
  ) {
    super(range);
  }
}

/** Explain, Tests and Document above functions and classes, for those who have switched it on. */
export class CodeLenses implements vscode.CodeLensProvider<SymbolLens> {
  readonly #changed = new vscode.EventEmitter<void>();
  readonly onDidChangeCodeLenses = this.#changed.event;

  constructor(context: vscode.ExtensionContext) {
    context.subscriptions.push(
      this.#changed,
      vscode.languages.registerCodeLensProvider({ scheme: 'file' }, this),
      vscode.workspace.onDidChangeConfiguration(
        (change) => change.affectsConfiguration(`sage.${SETTING}`) && this.#changed.fire(),
      ),
    );
  }

  async provideCodeLenses({ uri, languageId }: vscode.TextDocument): Promise<SymbolLens[]> {
    if (!vscode.workspace.getConfiguration('sage', { uri, languageId }).get(SETTING, false)) {
      return [];
    }
    const symbols = await vscode.commands.executeCommand<
      (vscode.DocumentSymbol | vscode.SymbolInformation)[] | undefined
    >('vscode.executeDocumentSymbolProvider', uri);
    return flat(symbols ?? []).flatMap(({ range, selectionRange }) => {
      // At the name, so that comments and attributes in front do not push it away from what it is about.
      const at = new vscode.Range(selectionRange.start, selectionRange.start);
      return (['explain', 'generateTests', 'document'] as const).map(
        (action) => new SymbolLens(at, uri, range, action),
      );
    });
  }

  resolveCodeLens(lens: SymbolLens): SymbolLens {
    const titles = {
      explain: `$(sparkle)\u00a0${vscode.l10n.t('Explain')}`,
      generateTests: vscode.l10n.t('Tests'),
      document: vscode.l10n.t('Document'),
    };
    lens.command = { title: titles[lens.action], command: `sage.${lens.action}`, arguments: [lens.uri, lens.whole] };
    return lens;
  }
}

/** Older providers give a flat list without ranges of names; it has nothing to hang a lens on. */
function flat(symbols: readonly (vscode.DocumentSymbol | vscode.SymbolInformation)[]): vscode.DocumentSymbol[] {
  return symbols.flatMap((symbol) =>
    'children' in symbol
      ? [...(shown.has(symbol.kind) ? [symbol] : []), ...(isWorthLooking(symbol) ? flat(symbol.children) : [])]
      : [],
  );
}

/** What stands inside a function is part of it. */
function isWorthLooking({ kind }: vscode.DocumentSymbol): boolean {
  return ![vscode.SymbolKind.Function, vscode.SymbolKind.Method, vscode.SymbolKind.Constructor].includes(kind);
}
