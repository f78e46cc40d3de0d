import * as vscode from 'vscode';
import type { ChatPage } from './chatPage';

export const CHAT_VIEW = 'sage.chat';
const CHAT_EDITOR = 'sage.chatEditor';

/** Where the chat is shown: in its view, or in an editor for as long as that is open, also after a restart of the window. */
export class ChatView implements vscode.WebviewViewProvider, vscode.WebviewPanelSerializer {
  #view: vscode.WebviewView | null = null;
  #editor: vscode.WebviewPanel | null = null;
  #waiting = 0;

  constructor(private readonly page: ChatPage) {}

  get visible(): boolean {
    return this.#editor?.visible ?? this.#view?.visible ?? false;
  }

  register(): vscode.Disposable {
    return vscode.Disposable.from(
      vscode.window.registerWebviewViewProvider(CHAT_VIEW, this, { webviewOptions: { retainContextWhenHidden: true } }),
      vscode.window.registerWebviewPanelSerializer(CHAT_EDITOR, this),
      vscode.commands.registerCommand('sage.openInEditor', () => this.#openEditor()),
    );
  }

  async focus(): Promise<void> {
    if (this.#editor === null) {
      await vscode.commands.executeCommand(`${CHAT_VIEW}.focus`);
    } else {
      this.#editor.reveal();
    }
  }

  /** Brings the view into sight and leaves the focus where it is. */
  async show(): Promise<void> {
    await vscode.commands.executeCommand(`${CHAT_VIEW}.focus`, { preserveFocus: true });
  }

  /** The number on the view's icon: requests that wait for the user. */
  showWaiting(count: number): void {
    this.#waiting = count;
    if (this.#view !== null) {
      this.#view.badge =
        count === 0 ? undefined : { value: count, tooltip: vscode.l10n.t('Sage waits for your answer') };
    }
  }

  resolveWebviewView(view: vscode.WebviewView): void {
    this.#view = view;
    // Asked of what is disposed, it throws.
    const { webview } = view;
    view.onDidDispose(() => {
      this.#view = null;
      this.page.hide(webview);
    });
    this.#showInView();
    this.showWaiting(this.#waiting);
  }

  async deserializeWebviewPanel(panel: vscode.WebviewPanel): Promise<void> {
    // The user was quicker than the restart.
    if (this.#editor !== null) {
      panel.dispose();
      return;
    }
    this.#showInEditor(panel);
  }

  #openEditor(): void {
    if (this.#editor === null) {
      const options = { ...this.page.options, retainContextWhenHidden: true };
      this.#showInEditor(vscode.window.createWebviewPanel(CHAT_EDITOR, 'Sage', vscode.ViewColumn.Active, options));
    } else {
      this.#editor.reveal();
    }
  }

  #showInEditor(panel: vscode.WebviewPanel): void {
    this.#editor = panel;
    panel.iconPath = this.page.icon;
    const { webview } = panel;
    panel.onDidDispose(() => {
      this.#editor = null;
      this.page.hide(webview);
      this.#showInView();
    });
    this.page.show(webview);
    this.#showInView();
  }

  #showInView(): void {
    const webview = this.#view?.webview;
    if (webview === undefined) {
      return;
    }
    if (this.#editor === null) {
      this.page.show(webview);
    } else {
      webview.html = elsewhereHtml(webview);
    }
  }
}

/** What the view says while the chat is in an editor. */
function elsewhereHtml({ cspSource }: vscode.Webview): string {
  const words = vscode.l10n.t('The chat is open in an editor. Close that to have it here again.');
  return `<!DOCTYPE html><html lang="${vscode.env.language}"><head><meta charset="UTF-8">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src ${cspSource} 'unsafe-inline'">
<title>Sage</title></head><body><p style="color: var(--vscode-descriptionForeground)">${words}</p></body></html>`;
}
