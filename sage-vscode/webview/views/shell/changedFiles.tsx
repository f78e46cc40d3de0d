import type { PendingFile } from '../../../src/protocol/generated';
import { plural, t } from '../../l10n';
import { baseName } from '../../text/format';
import { FileLink, IconButton } from '../controls/controls';
import { Icon } from '../controls/icon';
import { useExpanded, useSelect, useStore } from '../storeContext';
import { Counts } from '../tools/counts';

/** What is to be reviewed: the files that Sage changed, to be looked at, kept or undone. */
export function ChangedFiles() {
  const store = useStore();
  const files = useSelect((state) => state.pending);
  const [open, toggle] = useExpanded('changes', false);
  if (files.length === 0) {
    return null;
  }
  const added = files.reduce((sum, file) => sum + file.added, 0);
  const removed = files.reduce((sum, file) => sum + file.removed, 0);
  return (
    <section class="dock-panel" aria-label={t('Changes to review')} data-testid="changed-files">
      <div class="dock-line">
        <button type="button" class="dock-head" aria-expanded={open} onClick={toggle}>
          <Icon name={open ? 'chevron-down' : 'chevron-right'} />
          <span class="dock-title">{plural(files.length, '1 file to review', '{0} files to review')}</span>
          <Counts added={added} removed={removed} />
        </button>
        <IconButton
          icon="diff-multiple"
          label={t('Open all changes')}
          testId="open-all"
          onClick={() => store.send({ type: 'review', action: 'open' })}
        />
        <IconButton
          icon="git-commit"
          label={t('Draft a commit message for these changes')}
          testId="commit"
          onClick={() => store.send({ type: 'review', action: 'commit' })}
        />
        <IconButton
          icon="discard"
          label={t('Undo all changes')}
          testId="undo-all"
          onClick={() => store.send({ type: 'review', action: 'undo' })}
        />
        <IconButton
          icon="check-all"
          label={t('Keep all changes')}
          testId="keep-all"
          onClick={() => store.send({ type: 'review', action: 'keep' })}
        />
      </div>
      {open && (
        <ul class="changed-files">
          {files.map((file) => (
            <ChangedFile key={file.path} file={file} />
          ))}
        </ul>
      )}
    </section>
  );
}

function ChangedFile({ file }: { file: PendingFile }) {
  const store = useStore();
  const { path, kind, added, removed, problem } = file;
  const name = baseName(path);
  const review = (action: 'keep' | 'undo' | 'open') => () => store.send({ type: 'review', action, path });
  return (
    <li class="changed-file" data-testid="changed-file" data-path={path}>
      {kind === 'deleted' ? <s>{name}</s> : <FileLink path={path} label={name} />}
      <span class="changed-folder">{path.slice(0, -name.length - 1)}</span>
      {kind !== 'modified' && <span class="muted">{kind === 'created' ? t('new') : t('deleted')}</span>}
      {problem === undefined ? (
        <Counts added={added} removed={removed} />
      ) : (
        <span class="changed-problem" title={problem}>
          {problem}
        </span>
      )}
      <span class="changed-actions">
        <IconButton
          icon="diff"
          label={t('Open the changes in {0}', name)}
          testId="open-file"
          onClick={review('open')}
        />
        {problem === undefined && (
          <IconButton
            icon="discard"
            label={t('Undo the changes in {0}', name)}
            testId="undo-file"
            onClick={review('undo')}
          />
        )}
        <IconButton
          icon="check"
          label={t('Keep the changes in {0}', name)}
          testId="keep-file"
          onClick={review('keep')}
        />
      </span>
    </li>
  );
}
