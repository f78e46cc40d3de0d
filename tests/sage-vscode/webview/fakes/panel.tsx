import type { ComponentChild } from 'preact';
import { render } from 'preact';
import { act } from 'preact/test-utils';
import { onTestFinished } from 'vitest';
import type { FromWebview } from '../../../../sage-vscode/src/protocol/bridge';
import type { Action } from '../../../../sage-vscode/webview/state/reducer';
import { createStore, type Store } from '../../../../sage-vscode/webview/state/store';
import { StoreContext } from '../../../../sage-vscode/webview/views/storeContext';
import { FakeBridge } from './bridge';

/** A view in a page, with the host's side of the bridge in the test's hands. */
export interface Panel {
  readonly root: HTMLElement;
  readonly store: Store;
  readonly sent: FromWebview[];
  /** Lets something happen, and the view catch up with it. */
  act(...actions: Action[]): Promise<void>;
  find(testId: string): HTMLElement;
  has(testId: string): boolean;
  press(target: HTMLElement, key: string, init?: KeyboardEventInit): Promise<KeyboardEvent>;
  type(text: string): Promise<void>;
  click(target: HTMLElement): Promise<void>;
}

export async function showPanel(view: ComponentChild): Promise<Panel> {
  const bridge = new FakeBridge();
  const store = createStore(bridge);
  const root = document.createElement('div');
  document.body.replaceChildren(root);
  await act(() => render(<StoreContext.Provider value={store}>{view}</StoreContext.Provider>, root));
  // What waits, such as a card for the focus, must not outlive its test and the page with it.
  onTestFinished(() => act(() => render(null, root)));
  const find = (testId: string) => {
    const found = root.querySelector<HTMLElement>(`[data-testid="${testId}"]`);
    if (found === null) {
      throw new Error(`No ${testId} in ${root.innerHTML}`);
    }
    return found;
  };
  return {
    root,
    store,
    sent: bridge.sent,
    find,
    has: (testId) => root.querySelector(`[data-testid="${testId}"]`) !== null,
    act: (...actions) =>
      act(() => {
        for (const action of actions) {
          store.act(action);
        }
      }),
    press: async (target, key, init = {}) => {
      const event = new KeyboardEvent('keydown', { key, bubbles: true, cancelable: true, composed: true, ...init });
      await act(() => {
        // What a browser does with Enter on a button.
        if (target.dispatchEvent(event) && key === 'Enter' && target instanceof HTMLButtonElement) {
          target.click();
        }
      });
      return event;
    },
    type: async (text) => {
      const field = find('composer-input') as HTMLTextAreaElement;
      field.value = text;
      await act(() => void field.dispatchEvent(new InputEvent('input', { bubbles: true })));
    },
    click: (target) => act(() => target.click()),
  };
}
