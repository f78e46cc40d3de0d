import type { FileDiff, Hunk } from '../../../src/protocol/generated';
import { t } from '../../l10n';
import { visible, visibleLine } from '../../text/visible';
import { useExpanded } from '../storeContext';

const shownAtFirst = 40;

interface DiffLine {
  readonly kind: 'added' | 'removed' | 'context' | 'gap';
  readonly text: string;
  /** In the new text; in the old one for a removed line. */
  readonly number: number | null;
}

/** The hunks of one file, with line numbers; long ones are cut until asked for. */
export function DiffView({ id, diff }: { id: string; diff: Pick<FileDiff, 'path' | 'kind' | 'hunks'> }) {
  const [all, showAll] = useExpanded(`diff:${id}`, false);
  const lines = flatten(diff.hunks);
  const shown = all ? lines : lines.slice(0, shownAtFirst);
  if (lines.length === 0) {
    return <p class="tool-note">{diff.kind === 'deleted' ? t('The file is deleted.') : t('The file is empty.')}</p>;
  }
  return (
    <div class="diff">
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: it scrolls, so the keyboard must reach it */}
      <section class="diff-scroll" tabIndex={0} aria-label={t('Changes in {0}', visibleLine(diff.path))}>
        <div class="diff-lines">
          {shown.map((line, index) => (
            <div key={index} class={`diff-line ${line.kind}`} data-testid="diff-line" data-kind={line.kind}>
              <span class="diff-number" aria-hidden="true">
                {line.number}
              </span>
              <span class="diff-sign">{signs[line.kind]}</span>
              <span class="diff-text">{line.text}</span>
            </div>
          ))}
        </div>
      </section>
      {lines.length > shown.length && (
        <button type="button" class="link-button" onClick={showAll}>
          {t('Show all {0} lines', lines.length)}
        </button>
      )}
    </div>
  );
}

const signs: Readonly<Record<DiffLine['kind'], string>> = { added: '+', removed: '−', context: ' ', gap: '⋯' };

function flatten(hunks: readonly Hunk[]): DiffLine[] {
  return hunks.flatMap((hunk, index) => {
    const gap: DiffLine[] = index === 0 ? [] : [{ kind: 'gap', text: '', number: null }];
    return gap.concat(numberLines(hunk));
  });
}

function numberLines(hunk: Hunk): DiffLine[] {
  let oldNumber = hunk.oldStart;
  let newNumber = hunk.newStart;
  return hunk.lines.map((line): DiffLine => {
    const text = visible(line.slice(1).replace(/\r$/, ''));
    if (line.startsWith('-')) {
      return { kind: 'removed', text, number: oldNumber++ };
    }
    if (line.startsWith('+')) {
      return { kind: 'added', text, number: newNumber++ };
    }
    oldNumber++;
    return { kind: 'context', text, number: newNumber++ };
  });
}
