/** The scenarios in a real VS Code, run by the editor host's own Node. */
import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { places, root } from '../commands/places.mjs';
import { exitCode, run } from '../commands/processes.mjs';
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
  await run('dotnet', ['build', testKit, '--nologo', '--verbosity', 'quiet', '-clp:ErrorsOnly'], { cwd: root });
  const results = path.join(places.results, 'editor.json');
  const patterns = words.map((word) => `--test-name-pattern=${word}`);
  const reporter = './tests/editor/reporter.mjs';
  const args = [
    `--test-reporter=${reporter}`,
    '--test-reporter-destination=stdout',
    ...patterns,
    'tests/editor/main.mjs',
  ];
  const code = await exitCode(places.hostNode, args, { cwd: root });
  if (!existsSync(results)) return { passed: 0, failed: 1 };
  const counts = JSON.parse(readFileSync(results, 'utf8'));
  return { ...counts, failed: code !== 0 && counts.failed === 0 ? 1 : counts.failed };
}
