import { language, t } from '../l10n';

/** How long something took, for people: `0.4 s`, `12 s`, `3 min 5 s`. */
export function formatDuration(ms: number): string {
  if (ms < 950) {
    return t('{0} ms', Math.max(1, Math.round(ms)));
  }
  const seconds = ms / 1000;
  if (seconds < 10) {
    return t('{0} s', digits(seconds, 1, 1));
  }
  const rounded = Math.round(seconds);
  return seconds < 60 ? t('{0} s', rounded) : t('{0} min {1} s', Math.floor(rounded / 60), rounded % 60);
}

/** A number of tokens: `840`, `12.3k`, `1.2M`. */
export function formatTokens(tokens: number): string {
  if (tokens < 1_000) {
    return `${tokens}`;
  }
  return tokens < 999_500 ? `${short(tokens / 1_000)}k` : `${short(tokens / 1_000_000)}M`;
}

/** US dollars: `free`, `$0.0012`, `$0.05`, `$12.30`. */
export function formatCost(dollars: number): string {
  if (dollars === 0) {
    return t('free');
  }
  return dollars < 0.01 ? digits(Number(dollars.toPrecision(2)), 0, 6, 'USD') : digits(dollars, 2, 2, 'USD');
}

/** The same, without cents where there are none: `$3`, `$0.25`. */
export function formatPrice(dollars: number): string {
  return Number.isInteger(dollars) && dollars !== 0 ? digits(dollars, 0, 0, 'USD') : formatCost(dollars);
}

function short(value: number): string {
  return digits(value, 0, value < 100 ? 1 : 0);
}

const formats = new Map<string, Intl.NumberFormat>();

/** To make a format takes far longer than to use it, and rows are drawn by the hundred. */
function digits(value: number, least: number, most: number, currency?: string): string {
  const key = [language(), least, most, currency].join();
  const known = formats.get(key) ?? new Intl.NumberFormat(language(), numberOptions(least, most, currency));
  formats.set(key, known);
  return known.format(value);
}

function numberOptions(least: number, most: number, currency: string | undefined): Intl.NumberFormatOptions {
  const fraction = { minimumFractionDigits: least, maximumFractionDigits: most, useGrouping: false };
  return currency === undefined
    ? fraction
    : { ...fraction, style: 'currency', currency, currencyDisplay: 'narrowSymbol' };
}

const steps: readonly (readonly [limit: number, divisor: number, unit: Intl.RelativeTimeFormatUnit])[] = [
  [3_600, 60, 'minute'],
  [86_400, 3_600, 'hour'],
  [7 * 86_400, 86_400, 'day'],
];

/** When something was, seen from `now`: `just now`, `5 minutes ago`, `yesterday`, a date after a week. */
export function formatWhen(iso: string, now: number): string {
  const then = Date.parse(iso);
  if (Number.isNaN(then)) {
    return '';
  }
  const seconds = Math.max(0, (now - then) / 1000);
  if (seconds < 60) {
    return t('just now');
  }
  const step = steps.find(([limit]) => seconds < limit);
  if (step !== undefined) {
    const [, divisor, unit] = step;
    const relative = new Intl.RelativeTimeFormat(language(), { numeric: 'auto' });
    return relative.format(-Math.floor(seconds / divisor), unit);
  }
  const sameYear = new Date(then).getFullYear() === new Date(now).getFullYear();
  return new Date(then).toLocaleDateString(language(), {
    day: 'numeric',
    month: 'short',
    ...(sameYear ? {} : { year: 'numeric' }),
  });
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
