import { useEffect } from 'preact/hooks';
import type { Store } from '../../state/store';
import { handleMarkdownClick } from '../../text/clicks';
import { HistoryView } from '../history/historyView';
import { StoreContext, useSelect } from '../storeContext';
import { Transcript } from '../transcript/transcript';
import { Announcer } from './announcer';
import { Dock } from './dock';
import { Header } from './header';
import { ResendDialog } from './resendDialog';
import { RestoreDialog } from './restoreDialog';
import { ServerBanner } from './serverBanner';
import { TrustBanner } from './trustBanner';
import { Welcome } from './welcome';

/** The whole panel, top to bottom. */
export function App({ store }: { store: Store }) {
  useEffect(() => {
    const listen = (event: MouseEvent) => handleMarkdownClick(store, event);
    const find = (event: KeyboardEvent) => {
      if ((event.ctrlKey || event.metaKey) && !event.shiftKey && !event.altKey && event.key.toLowerCase() === 'f') {
        event.preventDefault();
        store.finding.value = true;
        document.querySelector<HTMLInputElement>('[data-testid="find-field"]')?.select();
      }
    };
    document.body.addEventListener('click', listen);
    document.addEventListener('keydown', find);
    return () => {
      document.body.removeEventListener('click', listen);
      document.removeEventListener('keydown', find);
    };
  }, [store]);

  return (
    <StoreContext.Provider value={store}>
      <Header />
      <ServerBanner />
      <TrustBanner />
      <Stage />
      <Dock />
      <RestoreDialog />
      <ResendDialog />
      <Announcer />
    </StoreContext.Provider>
  );
}

function Stage() {
  const isEmpty = useSelect(
    ({ transcript, outbox, rejected }) => transcript.items.length === 0 && outbox === null && rejected === null,
  );
  const historyOpen = useSelect((state) => state.history !== null);
  const sessionId = useSelect((state) => state.transcript.sessionId);
  return (
    <main class="stage">
      {/* What lies behind the history is not to be reached. */}
      <div class="stage-page" inert={historyOpen}>
        {isEmpty ? <Welcome /> : <Transcript key={sessionId} />}
      </div>
      <HistoryView />
    </main>
  );
}
