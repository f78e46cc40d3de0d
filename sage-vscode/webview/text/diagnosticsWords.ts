import type { DiagnosticsArrived } from '../../src/protocol/generated';

const MOST_NAMED = 3;

/** What the editor reported after an edit, in one line: where, and the first of it in its own words. */
export function diagnosticsWords({ diagnostics, more = 0 }: DiagnosticsArrived): string {
  const places = [...new Set(diagnostics.map(({ path, line }) => `${path}:${line}`))];
  const named = places.slice(0, MOST_NAMED).join(', ');
  const rest = places.length > MOST_NAMED || more > 0 ? ', …' : '';
  const message = diagnostics[0]?.message.split('\n')[0] ?? '';
  return `The editor reports new problems after an edit, and the model is told: ${named}${rest} – ${message}`;
}
