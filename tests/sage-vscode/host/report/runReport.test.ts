import { chmodSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { runReport } from '../../../../sage-vscode/src/features/report/runReport';

const folder = mkdtempSync(path.join(tmpdir(), 'sage-report-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

/** An executable that runs this JavaScript; Windows has no such scripts. */
function program(name: string, body: string): string {
  const file = path.join(folder, name);
  writeFileSync(file, `#!${process.execPath}\n${body}\n`);
  chmodSync(file, 0o755);
  return file;
}
const onUnix = test.skipIf(process.platform === 'win32');

onUnix('it is asked for a report with the text on its standard input', async () => {
  const echo = program('echo', 'console.log(process.argv.slice(2).join(" ")); process.stdin.pipe(process.stdout);');
  const text = 'what the editor knows é\n'.repeat(20_000);
  expect(await runReport(echo, text)).toEqual({ report: `report --with -\n${text}` });
});

onUnix('one that reads nothing is no failure', async () => {
  const deaf = program('deaf', 'require("node:fs").closeSync(0); console.log("a report");');
  expect(await runReport(deaf, 'x'.repeat(5_000_000))).toEqual({ report: 'a report\n' });
});

onUnix('one that fails, says nothing or does not end is named by what it did', async () => {
  const fails = program('fails', 'console.error("sage: no such command"); process.exit(2);');
  const silent = program('silent', '');
  const hangs = program('hangs', 'process.on("SIGTERM", () => {}); setInterval(() => {}, 1000);');
  expect(await runReport(fails, '')).toEqual({ failure: 'It ended with exit code 2. sage: no such command' });
  expect(await runReport(silent, '')).toEqual({ failure: 'It printed nothing.' });
  expect(await runReport(hangs, '', 1_000)).toEqual({ failure: 'It did not end within 1 s.' });
});

test('one that is missing, or cannot be a program, is a failure with a reason', async () => {
  expect(await runReport(path.join(folder, 'missing'), '')).toEqual({ failure: expect.stringContaining('ENOENT') });
  expect(await runReport('a\0b', '')).toEqual({ failure: expect.stringContaining('null bytes') });
});
