import type { FileChanged } from '../../../src/protocol/generated';
import { baseName, plural } from '../../text/format';
import { FileLink } from '../controls/controls';
import { Icon } from '../controls/icon';
import { useExpanded, useSelect } from '../storeContext';
import { Counts, countLines, type LineCounts } from '../tools/counts';

interface ChangedFile extends LineCounts {
  readonly path: string;
  readonly kind: FileChanged['kind'];
}

/** What the last turn has changed on disk. */
export function ChangedFiles() {
  const changes = useSelect((state) => state.transcript.changes);
  const [open, toggle] = useExpanded('changes', false);
  if (changes.length === 0) {
    return null;
  }
  const files = perFile(changes);
  const added = files.reduce((sum, file) => sum + file.added, 0);
  const removed = files.reduce((sum, file) => sum + file.removed, 0);
  return (
    <section class="dock-panel" aria-label="Changed files" data-testid="changed-files">
      <button type="button" class="dock-head" aria-expanded={open} onClick={toggle}>
        <Icon name={open ? 'chevron-down' : 'chevron-right'} />
        <span>{plural(files.length, 'file')} changed</span>
        <Counts added={added} removed={removed} />
      </button>
      {open && (
        <ul class="changed-files">
          {files.map((file) => (
            <li key={file.path} class="changed-file">
              <FileLink path={file.path} label={baseName(file.path)} />
              <span class="changed-folder">{file.path.slice(0, -baseName(file.path).length - 1)}</span>
              {file.kind !== 'modified' && <span class="muted">{file.kind === 'created' ? 'new' : 'deleted'}</span>}
              <Counts added={file.added} removed={file.removed} />
            </li>
          ))}
        </ul>
      )}
    </section>
  );
}

function perFile(changes: readonly FileChanged[]): ChangedFile[] {
  const files = new Map<string, ChangedFile>();
  for (const change of changes) {
    const { added, removed } = countLines(change.hunks);
    const known = files.get(change.path);
    const kind = known?.kind === 'created' && change.kind === 'modified' ? 'created' : change.kind;
    files.set(change.path, {
      path: change.path,
      kind,
      added: (known?.added ?? 0) + added,
      removed: (known?.removed ?? 0) + removed,
    });
  }
  return [...files.values()];
}
