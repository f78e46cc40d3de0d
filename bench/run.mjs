/**
 * npm run bench: the figures Sage is built to, measured on the published server, each beside its budget
 * and, where it makes sense, beside the same work in bare Node. Linux only.
 *   npm run bench -- [--runs N] [--json] [--assert] [--server FILE] [WORD…]
 *   npm run bench -- ui [--runs N] [--json]: the panel, in a real editor (npm run build, npm run package before)
 * --assert ends with 1 when a figure is over twice its budget, which is what a busy machine may cost.
 */
import { fork, spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { places } from '../tests/commands/places.mjs';
import { figures } from './figures.mjs';
import { makeRepository } from './repository.mjs';
import { rounds } from './scriptedModel.mjs';
import { median, printFigure, printHeader } from './table.mjs';

const here = path.dirname(fileURLToPath(import.meta.url));
const published = path.join(here, '..', 'out', 'server', 'sage');

const { values, positionals } = parseArgs({
  options: {
    runs: { type: 'string', default: '10' },
    json: { type: 'boolean' },
    assert: { type: 'boolean' },
    server: { type: 'string', default: published },
  },
  allowPositionals: true,
});

if (process.platform !== 'linux') throw new Error('The figures are read from /proc: npm run bench needs Linux.');
if (!existsSync(values.server)) throw new Error(`${values.server} is missing: npm run build`);

if (positionals[0] === 'ui') {
  const args = [path.join(here, 'ui.mjs'), values.runs, ...(values.json ? ['--json'] : [])];
  const { status } = spawnSync(places.hostNode, args, { stdio: 'inherit' });
  process.exit(status ?? 1);
}

const bench = await prepare(path.resolve(values.server));
try {
  const wanted = figures.filter(({ name }) => positionals.every((word) => name.includes(word)));
  const results = [];
  if (!values.json) printHeader('bare Node');
  for (const figure of wanted) {
    const result = await measure(figure);
    results.push(result);
    if (!values.json) printFigure(result);
  }
  if (values.json) console.log(JSON.stringify(results, null, 2));
  if (values.assert && results.some((result) => result.problem || result.over > 2)) process.exitCode = 1;
} finally {
  bench.close();
}

async function measure({ name, unit, budget, runs = Number(values.runs), once, floor }) {
  const result = { name, unit, budget };
  try {
    // One run that does not count: the page cache is warm in all the others.
    const samples = (await repeat(once, runs + 1)).slice(1);
    Object.assign(result, { median: median(samples), lowest: Math.min(...samples), highest: Math.max(...samples) });
    result.over = budget ? result.median / budget : 0;
    if (floor) result.floor = median((await repeat(floor, runs + 1)).slice(1));
  } catch (error) {
    result.problem = error.message;
  }
  return result;
}

async function repeat(once, times) {
  const samples = [];
  for (let run = 0; run < times; run++) samples.push(await once(bench));
  return samples;
}

async function prepare(server) {
  const folder = mkdtempSync(path.join(os.tmpdir(), 'sage-bench-'));
  const repository = mkdtempSync(path.join(os.tmpdir(), 'sage-bench-repository-'));
  const sleepMark = `300.${process.pid}`;
  // A file for each round: the same call again and again would be taken for a loop, and rightly.
  for (let round = 0; round < rounds; round++) {
    writeFileSync(path.join(folder, `small-${round}.txt`), 'one\ntwo\nthree\n');
  }
  const model = await startModel(sleepMark);
  const url = (play) => `http://127.0.0.1:${model.port}/${play}/v1`;
  const env = { PATH: process.env.PATH, HOME: folder, SAGE_HOME: path.join(folder, 'home'), OPENAI_API_KEY: 'bench' };
  const common = ['--provider', 'openai', '--model', 'bench', '--mode', 'full'];
  const sageIn = (cwd, play, ...more) => [
    server,
    'exec',
    '--base-url',
    url(play),
    '--cwd',
    cwd,
    ...common,
    ...more,
    'Go.',
  ];
  return {
    server,
    sleepMark,
    model,
    options: { cwd: folder, env },
    sage: (play, ...more) => sageIn(folder, play, ...more),
    sageIn,
    hugeFile: once(() => {
      writeFileSync(path.join(folder, 'huge.txt'), hugeText());
      return true;
    }),
    homeWithRules: once(() => {
      const home = path.join(folder, 'home-with-rules');
      mkdirSync(home);
      writeFileSync(path.join(home, 'settings.json'), JSON.stringify({ permissions: manyRules() }));
      return home;
    }),
    homeWithServers: once(() => {
      const home = path.join(folder, 'home-with-servers');
      mkdirSync(home);
      writeFileSync(path.join(home, 'settings.json'), JSON.stringify({ mcp: { servers: deadServers() } }));
      return home;
    }),
    repository: once(() => makeRepository(repository)),
    bare: (play) => [process.execPath, path.join(here, 'bareLoop.mjs'), url(play)],
    close() {
      model.close();
      for (const made of [folder, repository]) rmSync(made, { recursive: true, force: true });
    },
  };
}

/** Half of them never say anything, half of them are not there. */
function deadServers() {
  const slow = { command: '/bin/sleep', args: ['60'] };
  const dead = { command: '/bin/false' };
  return Object.fromEntries(Array.from({ length: 10 }, (_, i) => [`server-${i}`, i % 2 === 0 ? slow : dead]));
}

/** The one that decides is the last of its kind. */
function manyRules() {
  const many = (rule) => Array.from({ length: 100 }, (_, i) => rule(i));
  return {
    allow: many((i) => `run_command(npm run task-${i} *)`),
    ask: many((i) => `run_command(docker push image-${i}*)`),
    deny: [...many((i) => `edit(vendor-${i}/**)`), 'run_command(git push --force *)'],
  };
}

function hugeText() {
  let text = '';
  for (let line = 0; line < 500_000; line++) text += `line ${line} ${'.'.repeat(90)}\n`;
  return text;
}

function once(make) {
  let made;
  return () => {
    made ??= make();
    return made;
  };
}

async function startModel(sleepMark) {
  const child = fork(path.join(here, 'scriptedModel.mjs'), { env: { ...process.env, BENCH_SLEEP: sleepMark } });
  const { port } = await new Promise((resolve) => child.once('message', resolve));
  let seen = [];
  child.on('message', (request) => seen.push(request));
  return {
    port,
    forget: () => {
      seen = [];
    },
    answered: () => seen.length,
    // The report of a reply can come after the program that got it has ended.
    async requests() {
      const deadline = Date.now() + 5000;
      for (let before = -1; Date.now() < deadline && (seen.length === 0 || seen.length !== before); ) {
        before = seen.length;
        await sleep(20);
      }
      return seen;
    },
    close: () => child.disconnect(),
  };
}
