import { t } from '../../l10n';
import type { RestoreItem } from '../../state/chatState';
import { restoreWords } from '../../text/restoreWords';
import { visibleLine } from '../../text/visible';
import { Button } from '../controls/controls';
import { Icon } from '../controls/icon';
import { useExpanded, useSelect, useStore } from '../storeContext';
import { Counts, countLines } from '../tools/counts';
import { DiffView } from '../tools/diffView';

/** What the user took back, with the way to take that back too. */
export function RestoreRow({ restore }: { restore: RestoreItem }) {
  const store = useStore();
  const { id, files, reason } = restore;
  const [open, toggle] = useExpanded(`restore:${id}`, false);
  const isLast = useSelect((state) => state.transcript.redoable.at(-1) === id);
  const running = useSelect((state) => state.transcript.running);
  return (
    <article class="restore" data-testid="item-restore" data-what={restore.what}>
      <div class="restore-line">
        <button type="button" class="restore-toggle" aria-expanded={open} onClick={toggle}>
          <Icon name={open ? 'chevron-down' : 'chevron-right'} />
          <Icon name={icons[restore.what]} />
          <span>{restoreWords(restore)}</span>
        </button>
        {isLast && (
          <Button
            secondary
            disabled={running}
            title={running ? t('Stop the turn first') : t('Take this back')}
            testId="redo"
            onClick={() => store.send({ type: 'redo', restoreId: id })}
          >
            {t('Redo')}
          </Button>
        )}
      </div>
      {reason !== null && <p class="restore-reason">{t('“{0}”', reason)}</p>}
      {open &&
        files.map((file) => (
          <section key={file.path} class="restore-file" aria-label={visibleLine(file.path)}>
            <p class="restore-path">
              <span>{visibleLine(file.path)}</span>
              {file.kind === 'modified' ? (
                <Counts {...countLines(file.hunks)} />
              ) : (
                <span class="muted">{file.kind === 'deleted' ? t('deleted') : t('there again')}</span>
              )}
            </p>
            {file.hunks.length > 0 && <DiffView id={`${id}:${file.path}`} diff={file} />}
          </section>
        ))}
    </article>
  );
}

const icons = { undone: 'discard', restored: 'history', redone: 'redo' } as const;
