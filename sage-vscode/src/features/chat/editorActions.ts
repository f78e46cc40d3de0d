import * as vscode from 'vscode';
import { protocolPath, uriOf } from '../../infrastructure/paths';
import { Signal } from '../../infrastructure/signal';
import type { EditorContext } from '../../protocol/bridge';
import type { KeepBackgroundResult } from '../../protocol/generated';
import type { ChatEditor } from './ports';
import { isWebLink, typableText } from './untrustedText';

const SETTLE_MS = 100;

/** What the chat may do in the editor, and what it sees of it. */
export class EditorActions implements ChatEditor {
  readonly contextChanged = new Signal<EditorContext | null>();
  readonly #subscriptions: vscode.Disposable[];
  #timer: NodeJS.Timeout | undefined;

  constructor() {
    const changed = () => {
      clearTimeout(this.#timer);
      this.#timer = setTimeout(() => this.contextChanged.emit(this.context), SETTLE_MS);
    };
    this.#subscriptions = [
      vscode.window.onDidChangeActiveTextEditor(changed),
      vscode.window.onDidChangeTextEditorSelection(changed),
    ];
  }

  get context(): EditorContext | null {
    const editor = vscode.window.activeTextEditor;
    if (editor?.document.uri.scheme !== 'file') {
      return null;
    }
    const path = protocolPath(editor.document.uri);
    const { selection, document } = editor;
    if (selection.isEmpty) {
      return { path };
    }
    const { start, end } = selection;
    // A selection that ends before the first character of a line does not include that line.
    const last = end.character === 0 && end.line > start.line ? end.line - 1 : end.line;
    return {
      path,
      selection: { startLine: start.line + 1, endLine: last + 1, text: document.getText(selection) },
    };
  }

  async openFile(path: string, line: number | undefined): Promise<void> {
    const uri = uriOf(path);
    const stat = await vscode.workspace.fs.stat(uri).then(
      (found) => found,
      () => null,
    );
    if (stat === null) {
      this.showProblem(vscode.l10n.t('{0} does not exist any more.', path));
      return;
    }
    if ((stat.type & vscode.FileType.Directory) !== 0) {
      await vscode.commands.executeCommand('revealInExplorer', uri);
      return;
    }
    const selection = line === undefined ? undefined : new vscode.Range(line - 1, 0, line - 1, 0);
    await vscode.commands.executeCommand('vscode.open', uri, { preview: true, ...(selection && { selection }) });
  }

  async openFolder(): Promise<void> {
    await vscode.commands.executeCommand('vscode.openFolder');
  }

  async openLink(url: string): Promise<void> {
    if (isWebLink(url)) {
      await vscode.env.openExternal(vscode.Uri.parse(url, true));
    } else {
      this.showProblem(vscode.l10n.t('Sage opens http and https links only.'));
    }
  }

  async copy(text: string): Promise<void> {
    await vscode.env.clipboard.writeText(text);
  }

  async insertAtCursor(text: string): Promise<void> {
    const editor = vscode.window.activeTextEditor;
    if (editor === undefined) {
      this.showProblem(vscode.l10n.t('Open a file and put the cursor where the text belongs.'));
      return;
    }
    await editor.edit((edit) => edit.replace(editor.selection, text));
  }

  runInTerminal({ shell, command, folder }: KeepBackgroundResult): void {
    const isCmd = /(^|[\\/])cmd(\.exe)?$/i.test(shell);
    const terminal = vscode.window.createTerminal({
      name: shortened(command),
      iconPath: new vscode.ThemeIcon('server-process'),
      cwd: folder,
      shellPath: shell,
      shellArgs: isCmd ? `/d /s /c "${command}"` : ['-c', command],
    });
    terminal.show(true);
  }

  pasteInTerminal(text: string): void {
    const terminal = vscode.window.activeTerminal ?? vscode.window.createTerminal('Sage');
    terminal.show(true);
    const typable = typableText(text);
    if (typable.includes('\n')) {
      // Typed newlines would run each line; the editor's own paste is bracketed, and warns where the shell cannot.
      void this.#pasteThroughClipboard(typable);
    } else {
      terminal.sendText(typable, false);
    }
  }

  showLog(): void {
    void vscode.commands.executeCommand('sage.showLog');
  }

  showProblem(message: string): void {
    void vscode.window.showErrorMessage(message);
  }

  dispose(): void {
    clearTimeout(this.#timer);
    for (const subscription of this.#subscriptions) {
      subscription.dispose();
    }
  }

  async #pasteThroughClipboard(text: string): Promise<void> {
    const before = await vscode.env.clipboard.readText();
    await vscode.env.clipboard.writeText(text);
    await vscode.commands.executeCommand('workbench.action.terminal.paste');
    await vscode.env.clipboard.writeText(before);
  }
}

/** One line that fits a terminal's tab. */
function shortened(command: string): string {
  const line = command.split('\n', 1)[0] ?? '';
  return line.length > 40 ? `${line.slice(0, 39)}…` : line;
}
