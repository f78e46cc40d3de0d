import { expect, test, vi } from 'vitest';
import { Reports } from '../../../../sage-vscode/src/features/editorKnowledge/reports';

const never = new AbortController().signal;

test('a file is outdated from a change to the next report', () => {
  const reports = new Reports();
  expect(reports.isOutdated('a')).toBe(false);
  reports.change('a');
  expect(reports.isOutdated('a')).toBe(true);
  reports.report(['b']);
  expect(reports.isOutdated('a')).toBe(true);
  reports.report(['a']);
  expect(reports.isOutdated('a')).toBe(false);
});

test('what was reported before somebody waits for it is not waited for', async () => {
  const reports = new Reports();
  const { revision } = reports;
  reports.report(['a']);
  await reports.until(() => reports.reportedSince('a', revision), 60_000, never);
  expect(reports.reportedSince('a', reports.revision)).toBe(false);
});

test('a wait ends with the report, with the time, or when nobody wants it any more', async () => {
  vi.useFakeTimers();
  try {
    const reports = new Reports();
    const reported = () => reports.reportedSince('a', 0);
    const first = reports.until(reported, 300, never);
    reports.report(['b']);
    reports.report(['a']);
    await first;

    const late = reports.until(() => false, 300, never);
    await vi.advanceTimersByTimeAsync(300);
    await late;

    const stop = new AbortController();
    const stopped = reports.until(() => false, 300, stop.signal);
    stop.abort();
    await stopped;
    expect(vi.getTimerCount()).toBe(0);
  } finally {
    vi.useRealTimers();
  }
});
