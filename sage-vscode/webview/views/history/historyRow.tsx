import { useRef, useState } from 'preact/hooks';
import type { SessionEntry } from '../../../src/protocol/bridge';
import { plural, t } from '../../l10n';
import { closeHistory } from '../../state/commands';
import { markWords } from '../../state/history';
import { baseName, formatWhen } from '../../text/format';
import { IconButton } from '../controls/controls';
import { Icon } from '../controls/icon';
import { useSelect, useStore } from '../storeContext';
import { RenameField } from './renameField';

interface RowProps {
  readonly session: SessionEntry;
  /** What was searched for. */
  readonly words: string;
  readonly isDeleted: boolean;
  /** Whether Tab leads to it. */
  readonly isReached: boolean;
}

/** One session, to be opened, renamed, copied or deleted. One in the trash can only be taken out. */
export function HistoryRow({ session, words, isDeleted, isReached }: RowProps) {
  const store = useStore();
  const row = useRef<HTMLLIElement>(null);
  const [renaming, setRenaming] = useState(false);
  const isCurrent = useSelect((state) => state.transcript.sessionId === session.sessionId);
  const { sessionId, title } = session;
  const isHere = session.workspace === undefined && !isDeleted;
  const remove = () => store.send({ type: 'deleteSession', sessionId, title });
  const takeBack = () => store.send({ type: 'restoreSession', sessionId });
  const open = () => {
    store.send({ type: 'openSession', sessionId });
    closeHistory(store);
  };
  const onKeyDown = (event: KeyboardEvent) => {
    if (isHere && (event.key === 'F2' || event.key === 'Delete')) {
      event.preventDefault();
      event.stopPropagation();
      if (event.key === 'F2') {
        setRenaming(true);
      } else {
        remove();
      }
    }
  };
  const rename = (name: string | null) => {
    setRenaming(false);
    if (name !== null && name !== title) {
      store.send({ type: 'renameSession', sessionId, title: name });
    }
    // Once the field has made place for it again.
    setTimeout(() => row.current?.querySelector<HTMLElement>('[data-row]')?.focus());
  };
  if (renaming) {
    return (
      <li class="history-row" ref={row}>
        <RenameField title={title} onDone={rename} />
      </li>
    );
  }
  return (
    <li class={`history-row${isCurrent ? ' current' : ''}`} ref={row} data-testid="history-item" data-id={sessionId}>
      <button
        type="button"
        class="history-open"
        data-row={sessionId}
        aria-current={isCurrent}
        tabIndex={isReached ? 0 : -1}
        onClick={isDeleted ? takeBack : open}
        onKeyDown={onKeyDown}
      >
        <span class="history-title">
          <Marked text={title} words={words} />
        </span>
        {session.snippet !== undefined && session.snippet !== title && (
          <span class="history-snippet">
            <Marked text={session.snippet} words={words} />
          </span>
        )}
        <Facts session={session} />
      </button>
      <span class="history-actions">
        {isDeleted ? (
          <IconButton icon="discard" label={t('Restore {0}', title)} testId="restore-session" onClick={takeBack} />
        ) : (
          isHere && <Actions session={session} onRename={() => setRenaming(true)} onDelete={remove} />
        )}
      </span>
    </li>
  );
}

interface ActionsProps {
  readonly session: SessionEntry;
  readonly onRename: () => void;
  readonly onDelete: () => void;
}

function Actions({ session: { sessionId, title }, onRename, onDelete }: ActionsProps) {
  const store = useStore();
  const fork = () => {
    store.send({ type: 'forkSession', sessionId });
    closeHistory(store);
  };
  const save = (format: 'markdown' | 'json') => () => store.send({ type: 'exportSession', sessionId, format });
  return (
    <>
      <IconButton icon="edit" label={t('Rename {0} (F2)', title)} testId="rename-session" onClick={onRename} />
      <IconButton
        icon="repo-forked"
        label={t('Fork {0} into a new session', title)}
        testId="fork-session"
        onClick={fork}
      />
      <IconButton
        icon="markdown"
        label={t('Export {0} as Markdown', title)}
        testId="export-markdown"
        onClick={save('markdown')}
      />
      <IconButton icon="json" label={t('Export {0} as JSON', title)} testId="export-json" onClick={save('json')} />
      <IconButton icon="trash" label={t('Delete {0} (Delete)', title)} testId="delete-session" onClick={onDelete} />
    </>
  );
}

function Facts({ session }: { session: SessionEntry }) {
  const { state, updatedAt, changedFiles = 0, isFork, workspace } = session;
  return (
    <span class="history-facts">
      {state === 'running' && (
        <span class="history-state">
          <Icon name="sync" spin /> {t('Running now')}
        </span>
      )}
      {state === 'waiting' && (
        <span class="history-state">
          <Icon name="bell-dot" /> {t('Waits for your answer')}
        </span>
      )}
      {state === undefined && <span>{formatWhen(updatedAt, Date.now())}</span>}
      {changedFiles > 0 && <span>{plural(changedFiles, '1 file changed', '{0} files changed')}</span>}
      {isFork === true && <span>{t('fork')}</span>}
      {workspace !== undefined && (
        <span title={workspace}>
          <Icon name="folder" /> {baseName(workspace)}
        </span>
      )}
    </span>
  );
}

function Marked({ text, words }: { text: string; words: string }) {
  return (
    <>
      {markWords(text, words).map((piece, index) =>
        piece.hit ? <mark key={index}>{piece.text}</mark> : <span key={index}>{piece.text}</span>,
      )}
    </>
  );
}
