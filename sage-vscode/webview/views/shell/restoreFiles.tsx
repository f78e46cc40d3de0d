import type { RestorableFile } from '../../../src/protocol/generated';
import { plural, t } from '../../l10n';
import { Counts, countLines } from '../tools/counts';

/** What going back would do to each file. */
export function RestoreFiles({ files }: { files: readonly RestorableFile[] }) {
  return files.length === 0 ? null : (
    <ul class="restore-list">
      {files.map((file) => (
        <FileLine key={file.path} file={file} />
      ))}
    </ul>
  );
}

/** Whether something would happen to it without overwriting anything. */
export function changes({ hunks, conflicts = 0, problem }: RestorableFile): boolean {
  return problem === undefined && (hunks.length > 0 || conflicts === 0);
}

function FileLine({ file }: { file: RestorableFile }) {
  const { path, kind, hunks, conflicts = 0, problem } = file;
  return (
    <li class="restore-entry" data-testid="restore-file" data-path={path}>
      <span class="restore-name">{path}</span>
      {changes(file) && kind === 'modified' && <Counts {...countLines(hunks)} />}
      {changes(file) && kind !== 'modified' && (
        <span class="muted">{kind === 'deleted' ? t('is deleted: Sage created it') : t('is created again')}</span>
      )}
      {conflicts > 0 && (
        <span class="restore-stays">
          {plural(conflicts, '1 place stays: you have changed it too', '{0} places stay: you have changed them too')}
        </span>
      )}
      {problem !== undefined && <span class="restore-stays">{t('is left as it is: {0}', problem)}</span>}
    </li>
  );
}
