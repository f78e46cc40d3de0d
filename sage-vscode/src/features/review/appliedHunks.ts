import type { Hunk } from '../../protocol/generated';

/** A text with hunks applied that were made for it: what restoring would leave. Line endings become LF. */
export function applyHunks(text: string, hunks: readonly Hunk[]): string {
  const lines = text.split(/\r\n|\r|\n/);
  for (const { oldStart, oldLines, lines: changed } of [...hunks].sort((a, b) => b.oldStart - a.oldStart)) {
    // A hunk that replaces nothing names the line that it stands behind.
    const from = oldLines === 0 ? oldStart : oldStart - 1;
    lines.splice(from, oldLines, ...changed.filter((line) => !line.startsWith('-')).map((line) => line.slice(1)));
  }
  return lines.join('\n');
}
