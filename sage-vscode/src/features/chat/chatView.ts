import { randomBytes } from 'node:crypto';
import * as vscode from 'vscode';
import { fromWebview } from '../../protocol/bridgeShapes';
import { messageGate } from '../../protocol/messageGate';
import type { ChatBridge } from './chatBridge';
import { chatHtml } from './chatHtml';

export const CHAT_VIEW = 'sage.chat';

/** The chat panel: makes the webview's page and lets the bridge talk to it. */
export class ChatView implements vscode.WebviewViewProvider {
  #view: vscode.WebviewView | null = null;
  #waiting = 0;

  constructor(
    private readonly extensionUri: vscode.Uri,
    private readonly bridge: ChatBridge,
    private readonly log: { warn(message: string): void },
  ) {}

  get visible(): boolean {
    return this.#view?.visible ?? false;
  }

  async focus(): Promise<void> {
    await vscode.commands.executeCommand(`${CHAT_VIEW}.focus`);
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
    const root = vscode.Uri.joinPath(this.extensionUri, 'dist', 'webview');
    view.webview.options = { enableScripts: true, localResourceRoots: [root] };
    const gate = messageGate(fromWebview, (sentence) => this.log.warn(sentence));
    view.webview.onDidReceiveMessage((value: unknown) => {
      const message = gate(value);
      return message === null ? undefined : this.bridge.receive(message);
    });
    view.onDidDispose(() => {
      this.#view = null;
      this.bridge.detachWebview();
    });
    this.bridge.attachWebview((message) => void view.webview.postMessage(message));
    const resource = (name: string) => view.webview.asWebviewUri(vscode.Uri.joinPath(root, name)).toString();
    view.webview.html = chatHtml({
      source: view.webview.cspSource,
      script: resource('main.js'),
      style: resource('main.css'),
      nonce: randomBytes(16).toString('base64'),
      // Where there is no bundle for the editor's language the texts are English, and are to be read out so.
      language: vscode.l10n.bundle === undefined ? 'en' : vscode.env.language,
      texts: vscode.l10n.bundle,
    });
    this.showWaiting(this.#waiting);
  }
}
