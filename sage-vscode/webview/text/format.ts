/** How long something took, for people: `0.4 s`, `12 s`, `3 min 5 s`. */
export function formatDuration(ms: number): string {
  if (ms < 950) {
    return `${Math.max(1, Math.round(ms))} ms`;
  }
  const seconds = ms / 1000;
  if (seconds < 10) {
    return `${seconds.toFixed(1)} s`;
  }
  if (seconds < 60) {
    return `${Math.round(seconds)} s`;
  }
  const rounded = Math.round(seconds);
  return `${Math.floor(rounded / 60)} min ${rounded % 60} s`;
}

/** A number of tokens: `840`, `12.3k`, `1.2M`. */
export function formatTokens(tokens: number): string {
  if (tokens < 1_000) {
    return `${tokens}`;
  }
  return tokens < 999_500 ? `${trim(tokens / 1_000)}k` : `${trim(tokens / 1_000_000)}M`;
}

/** US dollars: `free`, `$0.0012`, `$0.05`, `$12.30`. */
export function formatCost(dollars: number): string {
  if (dollars === 0) {
    return 'free';
  }
  return dollars < 0.01 ? `$${Number(dollars.toPrecision(2)).toFixed(6).replace(/0+$/, '')}` : `$${dollars.toFixed(2)}`;
}

function trim(value: number): string {
  return value < 100 ? value.toFixed(1).replace(/\.0$/, '') : `${Math.round(value)}`;
}

const steps: readonly (readonly [limit: number, divisor: number, unit: Intl.RelativeTimeFormatUnit])[] = [
  [3_600, 60, 'minute'],
  [86_400, 3_600, 'hour'],
  [7 * 86_400, 86_400, 'day'],
];
const relative = new Intl.RelativeTimeFormat('en', { numeric: 'auto' });

/** When something was, seen from `now`: `just now`, `5 minutes ago`, `yesterday`, a date after a week. */
export function formatWhen(iso: string, now: number): string {
  const then = Date.parse(iso);
  if (Number.isNaN(then)) {
    return '';
  }
  const seconds = Math.max(0, (now - then) / 1000);
  if (seconds < 60) {
    return 'just now';
  }
  const step = steps.find(([limit]) => seconds < limit);
  if (step !== undefined) {
    const [, divisor, unit] = step;
    return relative.format(-Math.floor(seconds / divisor), unit);
  }
  const sameYear = new Date(then).getFullYear() === new Date(now).getFullYear();
  return new Date(then).toLocaleDateString('en', {
    day: 'numeric',
    month: 'short',
    ...(sameYear ? {} : { year: 'numeric' }),
  });
}

/** `1 file`, `3 files`. */
export function plural(count: number, noun: string, many = `${noun}s`): string {
  return `${count} ${count === 1 ? noun : many}`;
}

/** The last part of a path. */
export function baseName(path: string): string {
  return path.slice(Math.max(path.lastIndexOf('/'), path.lastIndexOf('\\')) + 1) || path;
}

/** The beginning of a text as one line. */
export function shorten(text: string, longest: number): string {
  const line = text.trim().replace(/\s+/g, ' ');
  return line.length <= longest ? line : `${line.slice(0, longest - 1).trimEnd()}…`;
}
