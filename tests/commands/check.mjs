/** npm run check: everything that can be judged without running the product. */
import { execFile } from 'node:child_process';
import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { promisify } from 'node:util';
import { buildExtension } from './build.mjs';
import { findUnfree, listComponents } from './components.mjs';
import { main } from './main.mjs';
import { places, root } from './places.mjs';
import { buildDotnet, capture, run } from './processes.mjs';
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
  'C# compiles without a warning': () => buildDotnet(places.solution, '-warnaserror', '-clp:NoSummary'),
  'Everything that is shipped has a free licence': checkLicences,
  'No package is known to be vulnerable': checkVulnerabilities,
  'Shell scripts parse': () => run('bash', ['-n', '.ci/run'], { cwd: root }),
  'Workflows are plain YAML': checkWorkflows,
};

await main(async () => {
  await setUp();
  const counts = { passed: 0, failed: 0 };
  for (const [name, check] of Object.entries(checks)) {
    const { problem, note } = await check().then(
      (note) => ({ note }),
      (error) => ({ problem: error.message }),
    );
    counts[problem ? 'failed' : 'passed'] += 1;
    console.log(problem ? `FAIL ${name}\n     ${problem}` : `ok   ${name}${note ? ` (${note})` : ''}`);
  }
  console.log(`\ncheck: ${counts.passed} passed, ${counts.failed} failed`);
  return counts.failed ? 1 : 0;
});

async function checkLicences() {
  await buildExtension();
  const components = listComponents();
  const unfree = findUnfree(components);
  if (unfree.length) throw new Error(`not free: ${unfree.join(', ')}`);
  return `${components.length} packages`;
}

/** Asks the registries; one that does not answer such questions is named, and fails nothing. */
async function checkVulnerabilities() {
  const asked = [
    ['npm', await knownToNpm()],
    ['NuGet', await knownToNuGet()],
  ];
  const found = asked.flatMap(([, packages]) => packages ?? []);
  if (found.length) throw new Error(found.join(', '));
  const silent = asked.filter(([, packages]) => packages === null).map(([registry]) => registry);
  return silent.length ? `the registry of ${silent.join(' and ')} did not answer` : undefined;
}

async function knownToNpm() {
  const { vulnerabilities } = await answer('npm', 'audit', '--json');
  return vulnerabilities
    ? Object.values(vulnerabilities)
        .filter(({ severity }) => severity === 'high' || severity === 'critical')
        .map(({ name, severity }) => `${name} (${severity})`)
    : null;
}

async function knownToNuGet() {
  const project = path.join('server', 'Sage.Server', 'Sage.Server.csproj');
  const options = ['--vulnerable', '--include-transitive', '--format', 'json'];
  const { projects } = await answer('dotnet', 'list', project, 'package', ...options);
  if (!projects) return null;
  const frameworks = projects.flatMap((listed) => listed.frameworks ?? []);
  const packages = frameworks.flatMap((f) => [...(f.topLevelPackages ?? []), ...(f.transitivePackages ?? [])]);
  return packages.map(({ id, resolvedVersion }) => `${id} ${resolvedVersion}`);
}

/** A program that finds something ends with an error, and answers all the same. */
async function answer(program, ...args) {
  const { stdout } = await promisify(execFile)(program, args, { cwd: root, timeout: 120_000 }).catch((error) => error);
  try {
    return JSON.parse(stdout);
  } catch {
    return {};
  }
}

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
