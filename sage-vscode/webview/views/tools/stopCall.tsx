import { t } from '../../l10n';
import { IconButton } from '../controls/controls';
import { useStore } from '../storeContext';

/** Ends one call, with all that it runs; the turn goes on. */
export function StopCall({ callId, isSubagent }: { callId: string; isSubagent: boolean }) {
  const store = useStore();
  return (
    <IconButton
      icon="debug-stop"
      label={isSubagent ? t('Stop this sub-agent') : t('Stop this call; the turn goes on')}
      testId={isSubagent ? 'stop-subagent' : 'stop-call'}
      onClick={() => store.send({ type: 'stopCall', callId })}
    />
  );
}
