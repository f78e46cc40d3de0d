import type { FromWebview, ToWebview, WebviewState } from '../../../../sage-vscode/src/protocol/bridge';
import type { Bridge } from '../../../../sage-vscode/webview/bridge';

/** The host's side of the bridge: what it was told, and a way to tell something. */
export class FakeBridge implements Bridge {
  readonly sent: FromWebview[] = [];
  state: WebviewState = { draft: '', scrollTop: 0 };
  tell: (message: ToWebview) => void = () => {};

  send(message: FromWebview): void {
    this.sent.push(message);
  }

  listen(receive: (message: ToWebview) => void): void {
    this.tell = receive;
  }

  load(): WebviewState {
    return this.state;
  }

  save(state: WebviewState): void {
    this.state = state;
  }
}
