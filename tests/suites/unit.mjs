/** The TypeScript unit tests, run by Vitest. */
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { places, root } from '../commands/places.mjs';
import { exitCode } from '../commands/processes.mjs';

export async function runUnit(words) {
  const output = path.join(places.results, 'unit.json');
  const vitest = path.join(root, 'node_modules', 'vitest', 'vitest.mjs');
  const reporters = ['--reporter=default', '--reporter=json', `--outputFile.json=${output}`];
  const filter = words.length ? ['--testNamePattern', words.join('.*')] : [];
  const code = await exitCode(process.execPath, [vitest, 'run', ...reporters, ...filter], { cwd: places.extension });
  return countUnit(JSON.parse(readFileSync(output, 'utf8')), code);
}

/** A file that could not be loaded has no failed test to its name, and is a failure all the same. */
export function countUnit(report, code) {
  const broken = report.testResults.filter((file) => file.status === 'failed' && file.assertionResults.length === 0);
  const failed = report.numFailedTests + broken.length;
  const failures = [
    ...broken.map(({ name, message }) => ({ name, message })),
    ...report.testResults
      .flatMap((file) => file.assertionResults.filter(({ status }) => status === 'failed'))
      .map(({ fullName, failureMessages }) => ({ name: fullName, message: failureMessages.join('\n') })),
  ];
  // The report does not tell of an error that no test is to blame for; what Vitest printed does.
  if (code !== 0 && failed === 0) {
    const outside = { name: 'something outside of every test', message: 'See “Unhandled Errors” above.' };
    return { passed: report.numPassedTests, failed: 1, failures: [outside] };
  }
  return { passed: report.numPassedTests, failed, failures };
}
