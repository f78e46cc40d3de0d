import { showHistory, startSession } from '../../state/commands';
import { IconButton } from '../controls/controls';
import { useSelect, useStore } from '../storeContext';

/** What this session is about, and the way to others. */
export function Header() {
  const store = useStore();
  const historyOpen = useSelect((state) => state.historyOpen);
  const title = useSelect(({ transcript }) => {
    const first = transcript.items.find((item) => item.kind === 'user');
    return first?.kind === 'user' ? firstLine(first.prompt) : 'New session';
  });
  return (
    <header class="header">
      <h1 class="header-title" title={title}>
        {title}
      </h1>
      <IconButton
        icon="history"
        label="Session history"
        testId="history-button"
        expanded={historyOpen}
        onClick={() => showHistory(store, !historyOpen)}
      />
      <IconButton icon="add" label="New session" testId="new-session" onClick={() => startSession(store)} />
    </header>
  );
}

function firstLine(prompt: string): string {
  return prompt.trim().split('\n')[0]?.slice(0, 120) || 'Session';
}
