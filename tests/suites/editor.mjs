/** The scenarios in a real VS Code, run by the editor host's own Node. */
import { existsSync, readFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { places, root } from '../commands/places.mjs';
import { buildDotnet, exitCode } from '../commands/processes.mjs';
import { ensureBrowser, hostIsSupported } from '../editor/host/install.mjs';

const testKit = path.join(root, 'tests', 'Sage.TestKit');

/** Whether the scenarios can run here. In CI a missing browser is a failure; elsewhere it is said, and not counted. */
export async function editorIsWanted() {
  const missing = !hostIsSupported
    ? 'The editor host runs on Linux x64 only'
    : (await ensureBrowser())
      ? null
      : 'No Chromium was found';
  if (!missing) return true;
  if (process.env.CI === 'true') return true;
  console.log(`${missing}: the scenarios in a real editor are not run. SAGE_BROWSER can name a browser.`);
  return false;
}

export async function runEditor(words) {
  await buildDotnet(testKit, '-clp:ErrorsOnly');
  // One editor leaves much of two processors idle: it waits for people, and so do its tests.
  if (words.length > 0 || os.availableParallelism() < 2) return runShard(words);
  const halves = await Promise.all([runShard(words, '1/2'), runShard(words, '2/2')]);
  return [...halves, await runShard(words, 'alone')].reduce((sum, part) => ({
    passed: sum.passed + part.passed,
    failed: sum.failed + part.failed,
    failures: [...sum.failures, ...part.failures],
  }));
}

async function runShard(words, shard) {
  const results = path.join(places.results, `editor${shard ? `-${shard.replace('/', '-of-')}` : ''}.json`);
  const args = [
    '--test-reporter=./tests/editor/reporter.mjs',
    '--test-reporter-destination=stdout',
    ...words.map((word) => `--test-name-pattern=${word}`),
    'tests/editor/main.mjs',
  ];
  const env = { SAGE_EDITOR_RESULTS: results, SAGE_STOP_GRACE_MS: '8000', ...(shard && { SAGE_SHARD: shard }) };
  const code = await exitCode(places.hostNode, args, { cwd: root, env });
  if (!existsSync(results)) return { passed: 0, failed: 1, failures: [] };
  const counts = JSON.parse(readFileSync(results, 'utf8'));
  return { ...counts, failed: code !== 0 && counts.failed === 0 ? 1 : counts.failed };
}
