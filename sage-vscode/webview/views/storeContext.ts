import { useComputed } from '@preact/signals';
import { createContext } from 'preact';
import { useContext } from 'preact/hooks';
import type { ChatState } from '../state/chatState';
import type { Store } from '../state/store';

export const StoreContext = createContext<Store | null>(null);

export function useStore(): Store {
  const store = useContext(StoreContext);
  if (store === null) {
    throw new Error('A view was drawn outside of the app.');
  }
  return store;
}

/** Reads a part of the state; the view is drawn again only when that part changes. */
export function useSelect<T>(pick: (state: ChatState) => T): T {
  const store = useStore();
  return useComputed(() => pick(store.state.value)).value;
}

/** Whether something is unfolded: the user's choice, or else `fallback`. */
export function useExpanded(key: string, fallback: boolean): [open: boolean, toggle: () => void] {
  const { expansion } = useStore();
  const choice = useComputed(() => expansion.choices.value.get(key)).value;
  const open = choice ?? fallback;
  return [open, () => expansion.set(key, !open)];
}
