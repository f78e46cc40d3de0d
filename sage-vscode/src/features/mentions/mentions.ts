import * as vscode from 'vscode';
import { countChanges, findRepository, readChanges } from '../../infrastructure/git';
import { protocolPath, uriOf } from '../../infrastructure/paths';
import type { Mention } from '../../protocol/bridge';
import type { InputPart } from '../../protocol/generated';
import { FileIndex } from './fileIndex';
import { findPaths, isMeant, mostFound } from './matching';
import { describeProblems, type Problem } from './problems';
import { readProblems } from './readProblems';
import { describeRun, TerminalOutput } from './terminalOutput';

/** Names of symbols are asked for only when there is something to ask by. */
const FEWEST_LETTERS = 2;

/** Language servers that do not answer must not keep the rest of the list waiting. */
const PATIENCE_MS = 1_000;

/** What a prompt can point at: files, folders and symbols by name, and what the editor shows now. */
export class Mentions implements vscode.Disposable {
  readonly #index = new FileIndex();
  readonly #terminals = new TerminalOutput();

  dispose(): void {
    this.#terminals.dispose();
  }

  /** What the words can mean, the best first. */
  async find(words: string): Promise<readonly Mention[]> {
    const [shown, files, symbols] = await Promise.all([this.#shown(words), this.#index.files(), findSymbols(words)]);
    return [...shown, ...findPaths(files, openFiles(), words), ...symbols].slice(0, mostFound);
  }

  /** What is attached for it; null when it is not there any more, which the user has been told. */
  async take(mention: Mention): Promise<InputPart | null> {
    const part = await this.#read(mention);
    if (part === null) {
      void vscode.window.showWarningMessage(vscode.l10n.t('“{0}” is not there any more.', mention.label));
    }
    return part;
  }

  async #read({ kind, path, lines, label }: Mention): Promise<InputPart | null> {
    switch (kind) {
      case 'file':
        return path === undefined ? null : { type: 'file', path };
      case 'folder':
        return path === undefined ? null : { type: 'file', path: `${path}/` };
      case 'symbol':
        return path === undefined || lines === undefined ? null : takeLines(path, lines);
      case 'selection':
        return takeSelection();
      case 'problems':
        return takeProblems(path, label);
      case 'terminal':
        return this.terminalPart();
      case 'changes':
        return takeChanges();
    }
  }

  /** The last command of a terminal with its output; null where none is known. */
  terminalPart(terminal?: vscode.Terminal): InputPart | null {
    const run = this.#terminals.last(terminal);
    return run === null
      ? null
      : {
          type: 'excerpt',
          source: 'terminal',
          title: vscode.l10n.t('Terminal: {0}', run.command),
          text: describeRun(run),
        };
  }

  /** Errors and warnings of one file; null without any. */
  problemsPart(uri: vscode.Uri): InputPart | null {
    return takeProblems(protocolPath(uri), '');
  }

  /** What the editor shows now, as far as there is something. */
  async #shown(words: string): Promise<Mention[]> {
    const editor = vscode.window.activeTextEditor;
    const items: Mention[] = [];
    if (editor !== undefined && !editor.selection.isEmpty) {
      const { start, end } = editor.selection;
      const detail = `${protocolPath(editor.document.uri)}:${start.line + 1}-${end.line + 1}`;
      items.push({ kind: 'selection', label: vscode.l10n.t('Selection'), detail });
    }
    const problems = readProblems();
    const here = editor === undefined ? [] : problems.filter(({ path }) => path === protocolPath(editor.document.uri));
    if (here.length > 0 && editor !== undefined) {
      const path = protocolPath(editor.document.uri);
      items.push({
        kind: 'problems',
        label: vscode.l10n.t('Problems in This File'),
        detail: countProblems(here),
        path,
      });
    }
    if (problems.length > here.length) {
      items.push({ kind: 'problems', label: vscode.l10n.t('Problems'), detail: countProblems(problems) });
    }
    const run = this.#terminals.last();
    if (run !== null) {
      items.push({ kind: 'terminal', label: vscode.l10n.t('Terminal Output'), detail: run.command });
    }
    const repository = await findRepository();
    const changes = repository === null ? 0 : countChanges(repository);
    if (changes > 0) {
      const detail =
        changes === 1 ? vscode.l10n.t('1 file not committed') : vscode.l10n.t('{0} files not committed', changes);
      items.push({ kind: 'changes', label: vscode.l10n.t('Changes'), detail });
    }
    return items.filter(({ kind, label }) => isMeant(words, kind, label));
  }
}

const countProblems = (problems: readonly Problem[]) =>
  problems.length === 1 ? vscode.l10n.t('1 problem') : vscode.l10n.t('{0} problems', problems.length);

/** Files that are open in an editor, the active one first. */
function openFiles(): string[] {
  const active = vscode.window.activeTextEditor?.document.uri;
  const tabs = vscode.window.tabGroups.all
    .flatMap(({ tabs }) => tabs)
    .flatMap(({ input }) => (input instanceof vscode.TabInputText ? [input.uri] : []));
  const files = [...(active === undefined ? [] : [active]), ...tabs].filter(({ scheme }) => scheme === 'file');
  return [...new Set(files.map(protocolPath))];
}

async function findSymbols(words: string): Promise<Mention[]> {
  if (words.length < FEWEST_LETTERS) {
    return [];
  }
  const late = new Promise<undefined>((resolve) => setTimeout(() => resolve(undefined), PATIENCE_MS));
  const asked = vscode.commands.executeCommand<vscode.SymbolInformation[]>(
    'vscode.executeWorkspaceSymbolProvider',
    words,
  );
  const found = await Promise.race([Promise.resolve(asked).catch(() => undefined), late]);
  return (found ?? [])
    .filter(({ location }) => location.uri.scheme === 'file' && vscode.workspace.getWorkspaceFolder(location.uri))
    .slice(0, mostFound / 2)
    .map(({ name, location: { uri, range } }) => {
      const path = protocolPath(uri);
      const lines = [range.start.line + 1, range.end.line + 1] as const;
      // Some servers write functions with parentheses.
      return { kind: 'symbol', label: name.replace(/\(\)$/, ''), detail: `${path}:${lines[0]}`, path, lines };
    });
}

async function takeLines(path: string, [first, last]: readonly [number, number]): Promise<InputPart> {
  const document = await vscode.workspace.openTextDocument(uriOf(path));
  const end = document.lineAt(Math.min(last, document.lineCount) - 1).range.end;
  const text = document.getText(new vscode.Range(new vscode.Position(first - 1, 0), end));
  return { type: 'selection', path, startLine: first, endLine: last, text };
}

function takeSelection(): InputPart | null {
  const editor = vscode.window.activeTextEditor;
  if (editor === undefined || editor.selection.isEmpty) {
    return null;
  }
  const { start, end } = editor.selection;
  const text = editor.document.getText(editor.selection);
  const path = protocolPath(editor.document.uri);
  return { type: 'selection', path, startLine: start.line + 1, endLine: end.line + 1, text };
}

function takeProblems(path: string | undefined, label: string): InputPart | null {
  const problems = readProblems().filter((problem) => path === undefined || problem.path === path);
  const title = path === undefined ? label : vscode.l10n.t('Problems in {0}', path);
  return problems.length === 0
    ? null
    : { type: 'excerpt', source: 'problems', title, text: describeProblems(problems) };
}

async function takeChanges(): Promise<InputPart | null> {
  const repository = await findRepository();
  const text = repository === null ? '' : await readChanges(repository);
  return text === '' ? null : { type: 'excerpt', source: 'changes', title: vscode.l10n.t('Changes'), text };
}
