import { useMemo } from 'preact/hooks';
import type { Item } from '../../state/chatState';
import { useStore } from '../storeContext';
import { PromptHistory } from './promptHistory';

interface ComposerActions {
  readonly send: () => void;
  /** While a turn runs: for a turn of its own. */
  readonly queue: () => void;
  readonly stop: () => void;
}

type FieldKeyEvent = KeyboardEvent & { readonly currentTarget: HTMLTextAreaElement };

/** Enter sends or steers, Alt+Enter queues, Shift+Enter breaks the line, Escape stops, the arrows bring back earlier prompts. */
export function useComposerKeys({ send, queue, stop }: ComposerActions): (event: FieldKeyEvent) => void {
  const store = useStore();
  const history = useMemo(() => new PromptHistory(), []);

  const walk = (event: FieldKeyEvent) => {
    const field = event.currentTarget;
    const prompts = promptsOf(store.state.peek().transcript.items);
    const edge = event.key === 'ArrowUp' ? 0 : field.value.length;
    const atEdge = field.selectionStart === field.selectionEnd && (field.selectionStart === edge || history.isWalking);
    if (!atEdge || (field.value !== '' && !history.isWalking)) {
      return;
    }
    const found = event.key === 'ArrowUp' ? history.older(prompts, field.value) : history.newer(prompts);
    if (found !== null) {
      event.preventDefault();
      store.setDraft(found);
    }
  };

  return (event) => {
    // Keys that belong to an input method: its Enter takes a candidate, its Escape drops one.
    if (event.isComposing || event.keyCode === 229) {
      return;
    }
    switch (event.key) {
      case 'Enter':
        if (!event.shiftKey) {
          event.preventDefault();
          history.reset();
          if (event.altKey) {
            queue();
          } else {
            send();
          }
        }
        return;
      case 'Escape':
        stop();
        return;
      case 'ArrowUp':
      case 'ArrowDown':
        if (!event.shiftKey && !event.altKey && !event.ctrlKey && !event.metaKey) {
          walk(event);
        }
        return;
      default:
        if (event.key.length === 1 || event.key === 'Backspace' || event.key === 'Delete') {
          history.reset();
        }
    }
  };
}

function promptsOf(items: readonly Item[]): string[] {
  return items.flatMap((item) => (item.kind === 'user' ? [item.prompt] : []));
}
