import { randomBytes } from 'node:crypto';
import * as vscode from 'vscode';
import { fromWebview } from '../../protocol/bridgeShapes';
import { messageGate } from '../../protocol/messageGate';
import type { ChatBridge } from './chatBridge';
import { chatHtml } from './chatHtml';

/** The page of the chat, in whatever place of the editor it is shown: one place at a time talks to the bridge. */
export class ChatPage {
  readonly #gates = new WeakSet<vscode.Webview>();
  #shown: vscode.Webview | null = null;

  constructor(
    private readonly extensionUri: vscode.Uri,
    private readonly bridge: ChatBridge,
    private readonly log: { warn(message: string): void },
  ) {}

  get options(): vscode.WebviewOptions {
    return { enableScripts: true, localResourceRoots: [this.#root] };
  }

  /** Shows the chat here, and no longer where it was. */
  show(webview: vscode.Webview): void {
    this.#shown = webview;
    webview.options = this.options;
    if (!this.#gates.has(webview)) {
      this.#gates.add(webview);
      const gate = messageGate(fromWebview, (sentence) => this.log.warn(sentence));
      webview.onDidReceiveMessage((value: unknown) => {
        const message = this.#shown === webview ? gate(value) : null;
        return message === null ? undefined : this.bridge.receive(message);
      });
    }
    this.bridge.attachWebview((message) => void webview.postMessage(message));
    const resource = (name: string) => webview.asWebviewUri(vscode.Uri.joinPath(this.#root, name)).toString();
    webview.html = chatHtml({
      source: webview.cspSource,
      script: resource('main.js'),
      style: resource('main.css'),
      nonce: randomBytes(16).toString('base64'),
      // Where there is no bundle for the editor's language the texts are English, and are to be read out so.
      language: vscode.l10n.bundle === undefined ? 'en' : vscode.env.language,
      texts: vscode.l10n.bundle,
    });
  }

  /** The place is gone. */
  hide(webview: vscode.Webview): void {
    if (this.#shown === webview) {
      this.#shown = null;
      this.bridge.detachWebview();
    }
  }

  get icon(): vscode.Uri {
    return vscode.Uri.joinPath(this.extensionUri, 'media', 'icon.png');
  }

  get #root(): vscode.Uri {
    return vscode.Uri.joinPath(this.extensionUri, 'dist', 'webview');
  }
}
