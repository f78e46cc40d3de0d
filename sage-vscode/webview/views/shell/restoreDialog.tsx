import { useEffect, useRef } from 'preact/hooks';
import type { RestorableFile } from '../../../src/protocol/generated';
import { t } from '../../l10n';
import type { RestoreWish } from '../../state/chatState';
import { restore } from '../../state/commands';
import { shorten } from '../../text/format';
import { Button } from '../controls/controls';
import { useSelect, useStore } from '../storeContext';
import { changes, RestoreFiles } from './restoreFiles';

/** Shows what going back would do to each file, and asks. */
export function RestoreDialog() {
  const wish = useSelect((state) => state.restoring);
  return wish === null ? null : <OpenDialog wish={wish} />;
}

function OpenDialog({ wish }: { wish: RestoreWish }) {
  const store = useStore();
  const running = useSelect((state) => state.transcript.running);
  const dialog = useRef<HTMLDialogElement>(null);
  const close = () => store.act({ type: 'restoreClosed' });
  useEffect(() => {
    const shown = dialog.current;
    // The page behind cannot be reached, and the focus goes back where it was.
    shown?.showModal?.();
    return () => shown?.close?.();
  }, []);

  const files = wish.files ?? [];
  const conflicts = files.reduce((sum, file) => sum + (file.conflicts ?? 0), 0);
  const answer = (overwrite: boolean) => () => restore(store, wish.turnId, overwrite);
  return (
    <dialog
      ref={dialog}
      class="dialog"
      aria-labelledby="restore-title"
      data-testid="restore-dialog"
      onCancel={(event) => {
        event.preventDefault();
        close();
      }}
    >
      <h2 id="restore-title">{t('Restore files to before “{0}”?', shorten(wish.prompt, 80))}</h2>
      <p class="muted">{explain(wish.files)}</p>
      <RestoreFiles files={files} />
      {running && <p class="muted">{t('Sage is working. Stop the turn first.')}</p>}
      <div class="request-actions">
        {files.some(changes) && (
          <Button onClick={answer(false)} disabled={running} testId="restore-confirm">
            {t('Restore')}
          </Button>
        )}
        {conflicts > 0 && (
          <Button secondary onClick={answer(true)} disabled={running} testId="restore-overwrite">
            {t('Restore and overwrite my changes')}
          </Button>
        )}
        <Button secondary onClick={close} testId="restore-cancel">
          {wish.files === null || files.some(changes) || conflicts > 0 ? t('Cancel') : t('Close')}
        </Button>
      </div>
    </dialog>
  );
}

function explain(files: readonly RestorableFile[] | null): string {
  if (files === null) {
    return t('Looking at what would change…');
  }
  return files.length === 0
    ? t('There is nothing to restore: the files hold what they held before this prompt.')
    : t(
        'Only what Sage changed is taken back; your own changes stay. The conversation stays too, and Redo takes the restore back.',
      );
}
