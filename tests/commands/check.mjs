/** npm run check: everything that can be judged without running the product. */
import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { main } from './main.mjs';
import { places, root } from './places.mjs';
import { capture, run } from './processes.mjs';
import { setUp } from './setup.mjs';

const tool = (...parts) => path.join(root, 'node_modules', ...parts);
const node = (...args) => run(process.execPath, args, { cwd: root });
const dotnet = (...args) => run('dotnet', args, { cwd: root });

const checks = {
  'C# is formatted': async () => {
    await capture('dotnet', ['tool', 'restore'], { cwd: root });
    await dotnet('csharpier', 'check', 'server', 'tests');
  },
  'JavaScript, TypeScript and JSON are formatted and linted': () =>
    node(tool('@biomejs', 'biome', 'bin', 'biome'), 'ci', '--colors=off', '--error-on-warnings', '.'),
  'TypeScript compiles': () => node(tool('typescript', 'bin', 'tsc'), '--build'),
  'C# compiles without a warning': () =>
    dotnet('build', places.solution, '-warnaserror', '--nologo', '--verbosity', 'quiet', '-clp:NoSummary'),
  'Shell scripts parse': () => run('bash', ['-n', '.ci/run'], { cwd: root }),
  'Workflows are plain YAML': checkWorkflows,
};

await main(async () => {
  await setUp();
  const counts = { passed: 0, failed: 0 };
  for (const [name, check] of Object.entries(checks)) {
    const problem = await check().then(
      () => null,
      (error) => error.message,
    );
    counts[problem ? 'failed' : 'passed'] += 1;
    console.log(problem ? `FAIL ${name}\n     ${problem}` : `ok   ${name}`);
  }
  console.log(`\ncheck: ${counts.passed} passed, ${counts.failed} failed`);
  return counts.failed ? 1 : 0;
});

/** GitHub refuses what has tabs or odd indentation; a full parser would be a dependency for one file. */
async function checkWorkflows() {
  const folder = path.join(root, '.github', 'workflows');
  for (const file of readdirSync(folder)) {
    readFileSync(path.join(folder, file), 'utf8')
      .split('\n')
      .forEach((line, index) => {
        const indent = /^\s*/.exec(line)[0];
        if (indent.includes('\t') || indent.length % 2) throw new Error(`${file}:${index + 1}: odd indentation`);
      });
  }
}
