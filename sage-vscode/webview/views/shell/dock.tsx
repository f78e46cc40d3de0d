import { Composer } from '../composer/composer';
import { WaitingList } from '../composer/waitingList';
import { OverviewCard } from '../overview/overviewCard';
import { PendingBar } from '../requests/pendingBar';
import { useSelect } from '../storeContext';
import { Lanes } from '../tools/lanes';
import { BackgroundPanel } from './backgroundPanel';
import { ChangedFiles } from './changedFiles';
import { PlanPanel } from './planPanel';
import { ProjectOffers } from './projectOffers';
import { Told } from './told';

/** What stands below the conversation: requests, changes, plan and commands, and where the user writes. */
export function Dock() {
  // Whoever is quicker than the host's first word would send a prompt in a mode that they did not choose.
  const isReady = useSelect((state) => state.initialized);
  return (
    <footer class="dock">
      <PendingBar />
      <ProjectOffers />
      <Told />
      <OverviewCard />
      <ChangedFiles />
      <PlanPanel />
      <Lanes />
      <BackgroundPanel />
      <WaitingList />
      {isReady && <Composer />}
    </footer>
  );
}
