/** A problem as the editor shows it; lines are 1-based. */
export interface Problem {
  readonly path: string;
  readonly line: number;
  readonly column: number;
  readonly severity: 'error' | 'warning';
  readonly message: string;
  readonly source: string;
}

/** More than a model needs to see what is wrong. */
const MOST_PROBLEMS = 200;

/** One line a problem, errors first, file by file. */
export function describeProblems(problems: readonly Problem[]): string {
  const sorted = [...problems].sort(
    (a, b) => a.severity.localeCompare(b.severity) || a.path.localeCompare(b.path) || a.line - b.line,
  );
  const lines = sorted
    .slice(0, MOST_PROBLEMS)
    .map(
      ({ path, line, column, severity, message, source }) =>
        `${path}:${line}:${column} ${severity}: ${message.replace(/\s*\n\s*/g, ' ')}${source === '' ? '' : ` (${source})`}`,
    );
  const more = problems.length - lines.length;
  return [...lines, ...(more > 0 ? [`… and ${more} more`] : [])].join('\n');
}
