import type { FromWebview, ToWebview, WebviewState } from '../src/protocol/bridge';
import { toWebview } from '../src/protocol/bridgeShapes';
import { messageGate } from '../src/protocol/messageGate';

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
      // biome-ignore lint/suspicious/noConsole: a page has no other log
      const gate = messageGate(toWebview, (sentence) => console.warn(sentence));
      window.addEventListener('message', (event: MessageEvent<unknown>) => {
        // Other code in the page posts messages too, the editor's own among it: those are no matter of ours.
        const message = isTyped(event.data) ? gate(event.data) : null;
        if (message !== null) {
          receive(message);
        }
      });
    },
    load: () => ({ ...emptyState, ...api.getState() }),
    save: (state) => api.setState(state),
  };
}

/** Ours are objects with a `type`. */
function isTyped(value: unknown): boolean {
  return typeof value === 'object' && value !== null && 'type' in value && typeof value.type === 'string';
}
