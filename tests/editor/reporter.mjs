/** Says each scenario's fate in a line, and leaves the counts for tests/run.mjs. */
import { mkdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { places } from '../commands/places.mjs';

export default async function* report(events) {
  const counts = { passed: 0, failed: 0, failures: [] };
  for await (const { type, data } of events) {
    if (type === 'test:stdout' || type === 'test:stderr') yield data.message;
    if (!isVerdict(type, data)) continue;
    const passed = type === 'test:pass';
    counts[passed ? 'passed' : 'failed'] += 1;
    yield `  ${passed ? 'ok  ' : 'FAIL'} ${data.name} (${(data.details.duration_ms / 1000).toFixed(1)} s)\n`;
    if (passed) continue;
    const message = describe(data.details.error);
    counts.failures.push({ name: data.name, message });
    yield `${message.replace(/^/gm, '       ')}\n`;
  }
  mkdirSync(places.results, { recursive: true });
  writeFileSync(process.env.SAGE_EDITOR_RESULTS ?? path.join(places.results, 'editor.json'), JSON.stringify(counts));
}

/** A suite has no verdict of its own, unless it failed for a reason that is not one of its tests'. */
function isVerdict(type, data) {
  if (type !== 'test:pass' && type !== 'test:fail') return false;
  if (data.skip !== undefined || data.todo !== undefined) return false;
  return data.details.type !== 'suite' || data.details.error?.failureType === 'hookFailed';
}

function describe(error) {
  const cause = error?.cause ?? error;
  return String(cause?.stack ?? cause?.message ?? cause);
}
