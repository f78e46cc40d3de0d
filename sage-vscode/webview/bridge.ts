import type { FromWebview, ToWebview, WebviewState } from '../src/protocol/bridge';

/** What the editor gives a webview: one function, callable once. */
interface VsCodeApi {
  postMessage(message: FromWebview): void;
  getState(): WebviewState | undefined;
  setState(state: WebviewState): void;
}

declare function acquireVsCodeApi(): VsCodeApi;

/** The only door to the extension host. */
export interface Bridge {
  send(message: FromWebview): void;
  listen(receive: (message: ToWebview) => void): void;
  load(): WebviewState;
  save(state: WebviewState): void;
}

const emptyState: WebviewState = { draft: '', scrollTop: 0 };

export function connectToHost(): Bridge {
  const api = acquireVsCodeApi();
  return {
    send: (message) => api.postMessage(message),
    listen: (receive) => {
      window.addEventListener('message', (event: MessageEvent<unknown>) => {
        if (isMessage(event.data)) {
          receive(event.data);
        }
      });
    },
    load: () => ({ ...emptyState, ...api.getState() }),
    save: (state) => api.setState(state),
  };
}

/** Other code in the page may post messages too; ours are objects with a `type`. */
function isMessage(value: unknown): value is ToWebview {
  return typeof value === 'object' && value !== null && 'type' in value && typeof value.type === 'string';
}
