import { Fragment } from 'preact';
import type { FileChangeKind, FileDiff } from '../../../src/protocol/generated';
import { t } from '../../l10n';
import { visibleLine } from '../../text/visible';
import { DiffView } from './diffView';

type ShownDiff = Pick<FileDiff, 'path' | 'kind' | 'hunks'>;

const words = (): Readonly<Record<FileChangeKind, string>> => ({
  created: t('New:'),
  modified: t('Changed:'),
  deleted: t('Deleted:'),
});

/** The changes of one call, file by file; of several each has its name. */
export function FileDiffs({ id, diffs }: { id: string; diffs: readonly ShownDiff[] }) {
  const [only] = diffs;
  if (diffs.length === 1 && only !== undefined) {
    return <DiffView id={`${id}:0`} diff={only} />;
  }
  return (
    <>
      {diffs.map((diff, index) => (
        <Fragment key={`${diff.path}:${index}`}>
          <p class="tool-note" data-testid="diff-path">
            {words()[diff.kind]} <code>{visibleLine(diff.path)}</code>
          </p>
          {diff.hunks.length > 0 && <DiffView id={`${id}:${index}`} diff={diff} />}
        </Fragment>
      ))}
    </>
  );
}
