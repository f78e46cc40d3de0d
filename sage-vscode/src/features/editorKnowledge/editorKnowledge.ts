import * as vscode from 'vscode';
import { messageOf } from '../../infrastructure/errors';
import type {
  FindDefinitionsParams,
  FindReferencesParams,
  FindWorkspaceSymbolsParams,
  FoundLocations,
  FoundSymbols,
  ListCodeActionsParams,
  ListCodeActionsResult,
  ListDocumentSymbolsParams,
  ReadHoverParams,
  ReadHoverResult,
  RenameSymbolParams,
  RenameSymbolResult,
  SymbolMiss,
} from '../../protocol/generated';
import { listCodeActions, obstacleOf, withoutOwn } from './codeActionList';
import { Diagnostics } from './diagnostics';
import { fileEdits } from './fileEdits';
import { FileLines } from './fileLines';
import { hoverText } from './hoverText';
import { isWithin } from './isWithin';
import { askProviders, openDocument } from './languageServers';
import { listLocations } from './locationList';
import { type Located, listLocated, listOutline, type Outlined } from './symbolList';
import { findSymbol, type Place } from './symbolPlace';

/** Entries of the light bulb whose edits are worked out. */
const MOST_RESOLVED = 50;

type Locations = (vscode.Location | vscode.LocationLink)[];

/** What the server asks of the editor's language servers. Nothing here changes a file: edits are the server's. */
export function editorKnowledge(context: vscode.ExtensionContext) {
  const diagnostics = new Diagnostics(context.subscriptions);
  return {
    'sage/editor/diagnostics': diagnostics.read.bind(diagnostics),
    'sage/editor/references': findReferences,
    'sage/editor/definitions': findDefinitions,
    'sage/editor/documentSymbols': listDocumentSymbols,
    'sage/editor/workspaceSymbols': findWorkspaceSymbols,
    'sage/editor/hover': readHover,
    'sage/editor/rename': renameSymbol,
    'sage/editor/codeActions': codeActions,
  };
}

interface AskedSymbol {
  readonly path: string;
  readonly line: number;
  readonly symbol: string;
}

/** Asks about a symbol, once it is clear where it is. */
async function atSymbol<T>(
  { path, line, symbol }: AskedSymbol,
  ask: (uri: vscode.Uri, position: vscode.Position) => Promise<T>,
  missed: (miss: SymbolMiss) => T,
): Promise<T> {
  const document = await openDocument(path);
  const place = findSymbol(document, line, symbol);
  return isPlace(place) ? ask(document.uri, new vscode.Position(place.line, place.character)) : missed(place);
}

function isPlace(found: Place | SymbolMiss): found is Place {
  return 'character' in found;
}

function findReferences(params: FindReferencesParams, signal: AbortSignal): Promise<FoundLocations> {
  return locate('vscode.executeReferenceProvider', params, signal);
}

function findDefinitions(params: FindDefinitionsParams, signal: AbortSignal): Promise<FoundLocations> {
  return locate('vscode.executeDefinitionProvider', params, signal);
}

function locate(
  command: string,
  params: AskedSymbol & { readonly most: number },
  signal: AbortSignal,
): Promise<FoundLocations> {
  return atSymbol(
    params,
    async (uri, position) => {
      const found = await askProviders<Locations>(signal, command, uri, position);
      return listLocations<vscode.Uri>(found ?? [], params.most, new FileLines().read);
    },
    (miss) => ({ count: 0, locations: [], miss }),
  );
}

async function listDocumentSymbols(
  { path, most }: ListDocumentSymbolsParams,
  signal: AbortSignal,
): Promise<FoundSymbols> {
  const { uri } = await openDocument(path);
  const symbols = await askProviders<(Outlined | Located)[]>(signal, 'vscode.executeDocumentSymbolProvider', uri);
  return listOutline(uri.fsPath, symbols ?? [], most);
}

async function findWorkspaceSymbols(
  { root, query, most }: FindWorkspaceSymbolsParams,
  signal: AbortSignal,
): Promise<FoundSymbols> {
  const symbols = await askProviders<Located[]>(signal, 'vscode.executeWorkspaceSymbolProvider', query);
  return listLocated(symbols ?? [], (path) => isWithin(root, path), most);
}

function readHover(params: ReadHoverParams, signal: AbortSignal): Promise<ReadHoverResult> {
  return atSymbol(
    params,
    async (uri, position) => {
      const hovers = await askProviders<vscode.Hover[]>(signal, 'vscode.executeHoverProvider', uri, position);
      return { text: hoverText(hovers ?? []) };
    },
    (miss) => ({ text: '', miss }),
  );
}

function renameSymbol(params: RenameSymbolParams, signal: AbortSignal): Promise<RenameSymbolResult> {
  return atSymbol<RenameSymbolResult>(
    params,
    async (uri, position) => {
      try {
        const command = 'vscode.executeDocumentRenameProvider';
        const change = await askProviders<vscode.WorkspaceEdit>(signal, command, uri, position, params.newName);
        return change === undefined ? {} : { edit: await fileEdits(change, new FileLines().read) };
      } catch (error) {
        signal.throwIfAborted();
        return { refusal: messageOf(error) };
      }
    },
    (miss) => ({ miss }),
  );
}

async function codeActions(
  { path, startLine, endLine, title }: ListCodeActionsParams,
  signal: AbortSignal,
): Promise<ListCodeActionsResult> {
  const document = await openDocument(path);
  const range = document.validateRange(new vscode.Range(startLine - 1, 0, endLine - 1, Number.MAX_SAFE_INTEGER));
  const command = 'vscode.executeCodeActionProvider';
  const offered = await askProviders<vscode.CodeAction[]>(
    signal,
    command,
    document.uri,
    range,
    undefined,
    MOST_RESOLVED,
  );
  const actions = withoutOwn(offered ?? []);
  const wanted = actions.find((action) => action.title === title && obstacleOf(action) === undefined);
  return {
    actions: listCodeActions(actions),
    ...(wanted?.edit !== undefined && { edit: await fileEdits(wanted.edit, new FileLines().read) }),
  };
}
