/**
 * npm test: sets up, builds, and runs every test; the last line is `N passed, N failed`.
 *   npm test -- [--only unit|dotnet|editor] [--no-build] [WORD…]
 * WORDs narrow to tests whose name contains them. --no-build takes what was built before.
 */
import { mkdirSync, rmSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { buildExtension, buildServer } from './commands/build.mjs';
import { main } from './commands/main.mjs';
import { packageExtension } from './commands/package.mjs';
import { places } from './commands/places.mjs';
import { setUp } from './commands/setup.mjs';
import { hostIsSupported, installHostPackages } from './editor/host/install.mjs';
import { runDotnet } from './suites/dotnet.mjs';
import { editorIsWanted, runEditor } from './suites/editor.mjs';
import { runUnit } from './suites/unit.mjs';

const suites = {
  unit: { title: 'Webview and host units', needs: [], run: runUnit },
  dotnet: {
    title: '.NET projects',
    needs: [buildServer, ...(hostIsSupported ? [installHostPackages] : [])],
    run: runDotnet,
  },
  editor: {
    title: 'Real editor',
    needs: [buildServer, buildExtension, installHostPackages, packageExtension],
    wanted: editorIsWanted,
    run: runEditor,
  },
};

await main(async () => {
  const { values, positionals } = readArguments();
  await setUp();
  rmSync(places.results, { recursive: true, force: true });
  mkdirSync(places.results, { recursive: true });

  const prepared = new Map();
  const results = [];
  for (const name of values.only ? [values.only] : Object.keys(suites)) {
    const suite = suites[name];
    console.log(`\n== ${suite.title}`);
    if (suite.wanted && !(await suite.wanted())) continue;
    if (!values['no-build']) await prepare(suite.needs, prepared);
    results.push({ name, ...(await attempt(suite, positionals, prepared)) });
  }
  return report(results);
});

function readArguments() {
  const options = { only: { type: 'string' }, 'no-build': { type: 'boolean' } };
  const parsed = parseArgs({ options, allowPositionals: true });
  const { only } = parsed.values;
  if (only && !suites[only]) throw new Error(`--only takes ${Object.keys(suites).join(', ')}; not “${only}”.`);
  return parsed;
}

/** Takes each step once; what failed is remembered, and fails every suite that needs it. */
async function prepare(steps, prepared) {
  for (const step of steps) {
    if (!prepared.has(step))
      prepared.set(
        step,
        await step().then(
          () => null,
          (error) => error,
        ),
      );
    if (prepared.get(step)) return;
  }
}

async function attempt(suite, words, prepared) {
  try {
    for (const step of suite.needs) if (prepared.get(step)) throw prepared.get(step);
    return await suite.run(words);
  } catch (error) {
    console.error(error.message);
    return { passed: 0, failed: 1 };
  }
}

/** Where only the end of the output is kept, as on some CI, it says what failed all the same. */
function sayFailure(suite, { name, message }) {
  const lines = message.split('\n').filter((line) => line.trim() !== '');
  console.log(`\nFAILED in ${suite}: ${name}\n${lines.slice(0, 12).join('\n').replace(/^/gm, '  ')}`);
}

function report(results) {
  for (const { name, failures = [] } of results) for (const failure of failures) sayFailure(name, failure);
  console.log('');
  for (const { name, failures = [] } of results)
    for (const failure of failures) console.log(`FAILED in ${name}: ${failure.name}`);
  for (const { name, passed, failed } of results) console.log(`${name}: ${passed} passed, ${failed} failed`);
  const sum = (key) => results.reduce((total, result) => total + result[key], 0);
  if (sum('passed') + sum('failed') === 0) console.log('No test ran.');
  console.log(`${sum('passed')} passed, ${sum('failed')} failed`);
  return sum('failed') > 0 || sum('passed') === 0 ? 1 : 0;
}
