import { useMemo } from 'preact/hooks';
import { formatWhen } from '../../text/format';
import { IconButton } from '../controls/controls';
import { PickList, type PickOption } from '../controls/pickList';
import { useSelect, useStore } from '../storeContext';

/** The sessions of this workspace, newest first, with search. */
export function History() {
  const store = useStore();
  const sessions = useSelect((state) => state.sessions);
  const current = useSelect((state) => state.transcript.sessionId);
  const options = useMemo<readonly PickOption[]>(() => {
    const now = Date.now();
    return (sessions ?? [])
      .filter((session) => session.title !== '')
      .map((session) => ({
        id: session.sessionId,
        label: session.title,
        icon: session.running === true ? 'sync' : session.sessionId === current ? 'check' : 'comment-discussion',
        detail: session.running === true ? 'Running now' : formatWhen(session.updatedAt, now),
      }));
  }, [sessions, current]);
  const close = () => store.act({ type: 'focusComposer' });

  return (
    <section class="history" aria-label="Session history">
      <div class="history-head">
        <h2>Sessions</h2>
        <IconButton icon="close" label="Close history" onClick={close} />
      </div>
      {sessions === null ? (
        <p class="pick-empty">Loading…</p>
      ) : (
        <PickList
          label="Search sessions"
          options={options}
          selected={current}
          searchable
          emptyText={
            options.length === 0 ? 'No sessions yet. They appear here once you have sent a prompt.' : 'Nothing found'
          }
          optionTestId="history-item"
          onPick={(sessionId) => {
            store.send({ type: 'openSession', sessionId });
            close();
          }}
          onClose={close}
        />
      )}
    </section>
  );
}
