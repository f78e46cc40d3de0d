import { useEffect, useRef } from 'preact/hooks';
import type { RestorableFile } from '../../../src/protocol/generated';
import { t } from '../../l10n';
import { resend } from '../../state/commands';
import type { Editing } from '../../state/editing';
import { shorten } from '../../text/format';
import { Button } from '../controls/controls';
import { useSelect, useStore } from '../storeContext';
import { changes, RestoreFiles } from './restoreFiles';

/** Asks what becomes of what was changed since a prompt that is sent with other words; nothing when nothing was. */
export function ResendDialog() {
  const store = useStore();
  const editing = useSelect((state) => state.editing);
  const files = editing?.phase === 'asking' ? editing.files : null;
  const isFree = files !== null && files.length === 0;
  useEffect(() => {
    if (isFree) {
      resend(store, 'keep');
    }
  }, [store, isFree]);
  return editing === null || files === null || isFree ? null : <OpenDialog editing={editing} files={files} />;
}

function OpenDialog({ editing, files }: { editing: Editing; files: readonly RestorableFile[] }) {
  const store = useStore();
  const dialog = useRef<HTMLDialogElement>(null);
  useEffect(() => {
    const shown = dialog.current;
    shown?.showModal?.();
    return () => shown?.close?.();
  }, []);
  const conflicts = files.some((file) => (file.conflicts ?? 0) > 0);
  const cancel = () => store.act({ type: 'editPaused' });
  return (
    <dialog
      ref={dialog}
      class="dialog"
      aria-labelledby="resend-title"
      data-testid="resend-dialog"
      onCancel={(event) => {
        event.preventDefault();
        cancel();
      }}
    >
      <h2 id="resend-title">{t('Restore files to before “{0}”, too?', shorten(editing.prompt, 80))}</h2>
      <p class="muted">
        {t(
          'The prompt is sent in a new session; this one stays as it is. Only what Sage changed is taken back; your own changes stay.',
        )}
      </p>
      <RestoreFiles files={files} />
      <div class="request-actions">
        {files.some(changes) && (
          <Button onClick={() => resend(store, 'restore')} testId="resend-restore">
            {t('Restore and send')}
          </Button>
        )}
        {conflicts && (
          <Button secondary onClick={() => resend(store, 'overwrite')} testId="resend-overwrite">
            {t('Restore, overwrite my changes, and send')}
          </Button>
        )}
        <Button secondary onClick={() => resend(store, 'keep')} testId="resend-keep">
          {t('Send and keep the files')}
        </Button>
        <Button secondary onClick={cancel} testId="resend-cancel">
          {t('Cancel')}
        </Button>
      </div>
    </dialog>
  );
}
