import { useEffect } from 'preact/hooks';
import type { Store } from '../../state/store';
import { handleMarkdownClick } from '../../text/clicks';
import { Composer } from '../composer/composer';
import { WaitingList } from '../composer/waitingList';
import { PendingBar } from '../requests/pendingBar';
import { StoreContext, useSelect } from '../storeContext';
import { Transcript } from '../transcript/transcript';
import { Announcer } from './announcer';
import { BackgroundPanel } from './backgroundPanel';
import { ChangedFiles } from './changedFiles';
import { Header } from './header';
import { History } from './history';
import { PlanPanel } from './planPanel';
import { ServerBanner } from './serverBanner';
import { Welcome } from './welcome';

/** The whole panel, top to bottom. */
export function App({ store }: { store: Store }) {
  useEffect(() => {
    const listen = (event: MouseEvent) => handleMarkdownClick(store, event);
    document.body.addEventListener('click', listen);
    return () => document.body.removeEventListener('click', listen);
  }, [store]);

  return (
    <StoreContext.Provider value={store}>
      <Header />
      <ServerBanner />
      <Stage />
      <footer class="dock">
        <PendingBar />
        <ChangedFiles />
        <PlanPanel />
        <BackgroundPanel />
        <WaitingList />
        <Composer />
      </footer>
      <Announcer />
    </StoreContext.Provider>
  );
}

function Stage() {
  const isEmpty = useSelect(
    ({ transcript, outbox, rejected }) => transcript.items.length === 0 && outbox === null && rejected === null,
  );
  const historyOpen = useSelect((state) => state.historyOpen);
  const sessionId = useSelect((state) => state.transcript.sessionId);
  return (
    <main class="stage">
      {isEmpty ? <Welcome /> : <Transcript key={sessionId} />}
      {historyOpen && <History />}
    </main>
  );
}
