/** The .NET tests. The counts come from the result files, not from what the console shows in some language. */
import { existsSync, mkdirSync, readdirSync, readFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { installLocked } from '../commands/npm.mjs';
import { places, root } from '../commands/places.mjs';
import { buildDotnet, exitCode } from '../commands/processes.mjs';
import { hostRipgrep } from '../editor/host/install.mjs';

const longest = ['Sage.Server.Tests', 'Sage.Tools.Tests', 'Sage.Sandbox.Tests'];

export async function runDotnet(words) {
  const results = path.join(places.results, 'dotnet');
  mkdirSync(results, { recursive: true });
  // Servers that others wrote, for the tests of the MCP client.
  await installLocked(path.join(root, 'tests', 'mcp-servers'));
  await buildDotnet(places.solution, '-clp:ErrorsOnly');
  const codes = await testInLanes(words, results);
  const files = readdirSync(results, { recursive: true }).filter((file) => file.endsWith('.trx'));
  const counts = files.map((file) => countTrx(readFileSync(path.join(results, file), 'utf8')));
  const sum = (key) => counts.reduce((total, count) => total + count[key], 0);
  const failures = counts.flatMap((count) => count.failures);
  // A test host that died leaves no count, only a code.
  const died = codes.some((code) => code !== 0) && sum('failed') === 0;
  return { passed: sum('passed'), failed: died ? 1 : sum('failed'), failures };
}

/** Two projects at a time, those that take longest first: much of a test of processes is waiting for them. */
async function testInLanes(words, results) {
  const folders = readdirSync(path.join(root, 'tests')).filter((name) => name.endsWith('.Tests'));
  const rank = (name) => (longest.includes(name) ? longest.indexOf(name) : longest.length);
  const queue = folders.sort((a, b) => rank(a) - rank(b));
  const codes = [];
  const work = async () => {
    for (let name = queue.shift(); name !== undefined; name = queue.shift()) {
      const args = [path.join('tests', name), ...testOptions(path.join(results, name)), ...filter(words)];
      codes.push(await exitCode('dotnet', ['test', ...args], { cwd: root, env: { ...ripgrep(), ...published() } }));
    }
  };
  await Promise.all(Array.from({ length: Math.min(2, os.availableParallelism()) }, work));
  return codes;
}

/** Where the editor host is installed, the search tests need no ripgrep of the machine's. */
const ripgrep = () =>
  process.env.SAGE_TEST_RIPGREP || !existsSync(hostRipgrep) ? {} : { SAGE_TEST_RIPGREP: hostRipgrep };

/** Every supervisor that a test starts is the published program's. */
const published = () => (process.env.SAGE_BINARY || !existsSync(places.server) ? {} : { SAGE_BINARY: places.server });

const testOptions = (results) => [
  ...['--no-build', '--nologo', '--logger', 'trx', '--results-directory', results],
  ...['--blame-hang', '--blame-hang-timeout', '300s', '--blame-hang-dump-type', 'none'],
];

/** Tests are sentences, and their names have underscores between the words. */
function filter(words) {
  const terms = words.map((word) => `FullyQualifiedName~${word.replace(/ /g, '_')}`);
  return terms.length ? ['--filter', terms.join('&')] : [];
}

export function countTrx(text) {
  const counters = /<Counters\b[^>]*>/.exec(text)?.[0] ?? '';
  const count = (name) => Number(new RegExp(`\\b${name}="(\\d+)"`).exec(counters)?.[1] ?? 0);
  const failed = count('failed') + count('error') + count('timeout') + count('aborted');
  const broken = /<ResultSummary outcome="(Failed|Aborted)"/.test(text) && failed === 0;
  return { passed: count('passed'), failed: broken ? 1 : failed, failures: failuresIn(text) };
}

function failuresIn(text) {
  const failed = text.matchAll(
    /<UnitTestResult\b[^>]*?\btestName="([^"]*)"[^>]*?\boutcome="Failed"[^>]*>([\s\S]*?)<\/UnitTestResult>/g,
  );
  return [...failed].map(([, name, result]) => ({
    name: unescaped(name),
    message: unescaped(/<Message>([\s\S]*?)<\/Message>/.exec(result)?.[1] ?? ''),
  }));
}

const entities = { lt: '<', gt: '>', quot: '"', apos: "'", amp: '&' };

function unescaped(text) {
  return text
    .replace(/&#x([0-9a-f]+);/gi, (_, code) => String.fromCodePoint(Number.parseInt(code, 16)))
    .replace(/&(lt|gt|quot|apos|amp);/g, (_, name) => entities[name]);
}
