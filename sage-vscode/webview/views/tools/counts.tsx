import type { Hunk } from '../../../src/protocol/generated';
import { t } from '../../l10n';

export interface LineCounts {
  readonly added: number;
  readonly removed: number;
}

export function countLines(hunks: readonly Hunk[]): LineCounts {
  let added = 0;
  let removed = 0;
  for (const hunk of hunks) {
    for (const line of hunk.lines) {
      added += line.startsWith('+') ? 1 : 0;
      removed += line.startsWith('-') ? 1 : 0;
    }
  }
  return { added, removed };
}

/** `+12 −3`, said in words to screen readers. */
export function Counts({ added, removed }: LineCounts) {
  return (
    <span class="counts">
      <span class="sr-only">{t('{0} lines added, {1} removed', added, removed)}</span>
      <span class="count-added" aria-hidden="true">
        +{added}
      </span>
      <span class="count-removed" aria-hidden="true">
        −{removed}
      </span>
    </span>
  );
}
