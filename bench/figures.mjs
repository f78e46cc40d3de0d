/** What is measured, how, and what it may cost. A figure's `once` gives one sample; `floor` does the same in bare Node. */
import { homedir } from 'node:os';
import { setTimeout as sleep } from 'node:timers/promises';
import { languageServer } from './languageServer.mjs';
import { openLongSession } from './longSession.mjs';
import { cpu, launch, memory, now, peakMemory, processesWith, succeed } from './measure.mjs';
import { manyFiles } from './repository.mjs';
import { deniedCalls, manyRounds, rounds } from './scriptedModel.mjs';
import { median } from './table.mjs';

export const figures = [
  {
    name: 'exec: start → first model request',
    unit: 'ms',
    budget: 28,
    once: (bench) => firstRequest(bench, bench.sage('answer')),
    floor: (bench) => firstRequest(bench, bench.bare('answer')),
  },
  {
    name: 'exec: the same with ten dead or slow MCP servers',
    unit: 'ms',
    // Nobody is waited for, but ten programs are started on the same two processors.
    budget: 250,
    once: (bench) => firstRequest(bench, bench.sage('answer'), bench.homeWithServers()),
    floor: (bench) => firstRequest(bench, bench.bare('answer')),
  },
  {
    name: 'exec: CPU of a one-answer run',
    unit: 'ms',
    budget: 32,
    once: (bench) => cpu(bench.sage('answer'), bench.options),
    floor: (bench) => cpu(bench.bare('answer'), bench.options),
  },
  {
    name: 'exec: peak memory of a one-answer run',
    unit: 'MB',
    budget: 45,
    once: (bench) => peakMemory(bench.sage('answer'), bench.options),
    floor: (bench) => peakMemory(bench.bare('answer'), bench.options),
  },
  {
    name: 'first prompt with tools, about (characters / 4)',
    unit: 'tokens',
    budget: 8000,
    runs: 1,
    once: async (bench) => (await play(bench, bench.sage('answer')))[0].body.length / 4,
  },
  {
    name: 'tool round: reply sent → next request, one read_file',
    unit: 'ms',
    budget: 2.2,
    once: async (bench) => median(gaps(await play(bench, bench.sage('rounds')))),
    floor: async (bench) => median(gaps(await play(bench, bench.bare('rounds')))),
  },
  {
    // From outside no tool can be seen to begin. A round of one that does next to nothing holds the dispatch, and more.
    name: 'tool dispatch, at most: a round of update_plan',
    unit: 'ms',
    budget: 1,
    once: async (bench) => median(gaps(await play(bench, bench.sage('dispatch')))),
    floor: async (bench) => median(gaps(await play(bench, bench.bare('dispatch')))),
  },
  {
    // Reading the line, what it would destroy, and the rules: what a call that one of them denies takes longer than one that
    // was wrong from the start.
    name: 'permission decision: a command, 300 rules',
    unit: 'ms',
    budget: 0.2,
    once: decision,
  },
  {
    name: `memory: peak to round ${rounds} → peak at round ${manyRounds}`,
    unit: 'MB',
    budget: 10,
    runs: 3,
    once: growth,
  },
  {
    name: 'edit of one line in a file of 50 MB',
    unit: 'ms',
    budget: 1500,
    runs: 3,
    once: async (bench) => {
      bench.hugeFile();
      return median(gaps(await play(bench, bench.sage('hugeEdit'))));
    },
  },
  {
    // One look before and one after it.
    name: `command: what the checkpoint adds, ${manyFiles.toLocaleString('en')} files in git`,
    unit: 'ms',
    budget: 1000,
    runs: 3,
    once: checkpoint,
  },
  {
    name: '8 parallel `sleep 0.5`: calls sent → next request',
    unit: 'ms',
    budget: 560,
    runs: 3,
    once: async (bench) => gaps(await play(bench, bench.sage('parallel')))[0],
  },
  {
    name: 'CPU of a 20,000-delta reply',
    unit: 'ms',
    budget: 300,
    runs: 5,
    once: (bench) => cpu(bench.sage('deltas'), bench.options),
    floor: (bench) => cpu(bench.bare('deltas'), bench.options),
  },
  { name: 'SIGINT during a command → exit, no child alive', unit: 'ms', budget: 50, runs: 5, once: interrupt },
  {
    name: 'supervisor: what it adds to a command',
    unit: 'ms',
    budget: 20,
    once: (bench) => supervision(bench),
    floor: plainCommand,
  },
  {
    name: 'supervisor with walls: what it adds to a command',
    unit: 'ms',
    budget: 20,
    once: (bench) => supervision(bench, walls),
    floor: plainCommand,
  },
  {
    name: 'server: start → answer to initialize',
    unit: 'ms',
    budget: 20,
    once: async (bench) => (await languageServer(bench, {})).initialize,
  },
  {
    name: 'server: idle memory',
    unit: 'MB',
    budget: 40,
    runs: 3,
    once: async (bench) => (await languageServer(bench, { idleMs: 1000 })).memory,
  },
  {
    name: 'server: CPU in one idle second',
    unit: 'ms',
    budget: 0,
    runs: 3,
    once: async (bench) => (await languageServer(bench, { idleMs: 1000 })).idleCpu,
  },
  {
    name: 'session of 1 GB: asked for → its newest events',
    unit: 'ms',
    budget: 2000,
    runs: 3,
    once: async (bench) => (await openLongSession(bench)).ms,
  },
  {
    name: 'session of 1 GB: peak memory of the server',
    unit: 'MB',
    budget: 150,
    runs: 3,
    once: async (bench) => (await openLongSession(bench)).memory,
  },
];

async function play(bench, command, options = bench.options) {
  bench.model.forget();
  await succeed(launch(command, options).ended, command);
  return bench.model.requests();
}

async function decision(bench) {
  const options = { ...bench.options, env: { ...bench.options.env, SAGE_HOME: bench.homeWithRules() } };
  const perCall = async (name) => gaps(await play(bench, bench.sage(name), options))[0] / deniedCalls;
  const denied = await perCall('denied');
  return denied - (await perCall('rejected'));
}

/** How much higher the peak of a long turn is near its end than in its first rounds: nothing may pile up. */
async function growth(bench) {
  bench.model.forget();
  const command = bench.sage('manyRounds', '--max-steps', String(2 * manyRounds));
  const { child, ended } = launch(command, bench.options);
  let early = 0;
  let late = 0;
  const timer = setInterval(() => {
    const held = memory(child.pid, 'VmRSS');
    const answered = bench.model.answered();
    if (answered <= rounds) early = Math.max(early, held);
    if (answered > manyRounds - rounds) late = Math.max(late, held);
  }, 1);
  await succeed(ended, command).finally(() => clearInterval(timer));
  if (bench.model.answered() < manyRounds) throw new Error(`It ended after ${bench.model.answered()} replies.`);
  return late - early;
}

/** The same command in a folder with a few files and in a large repository: what it takes longer is what keeping it all takes. */
async function checkpoint(bench) {
  const small = median(gaps(await play(bench, bench.sage('commands'))));
  const options = { ...bench.options, cwd: await bench.repository() };
  bench.model.forget();
  const command = bench.sageIn(options.cwd, 'commands');
  await succeed(launch(command, options).ended, command);
  return median(gaps(await bench.model.requests())) - small;
}

async function firstRequest(bench, command, home) {
  bench.model.forget();
  const options = home ? { ...bench.options, env: { ...bench.options.env, SAGE_HOME: home } } : bench.options;
  const { started, ended } = launch(command, options);
  await succeed(ended, command);
  return (await bench.model.requests())[0].arrived - started;
}

const gaps = (requests) => requests.slice(1).map((request, index) => request.arrived - requests[index].sent);

// The same command with and without, one right after the other: what else the machine does hits both.
/** As the server asks for them: an ordinary workspace, some secrets, no network. */
const walls = JSON.stringify({
  walls: {
    writable: [process.cwd(), '/tmp', '/dev/shm'],
    protected: ['.git/hooks', '.git/config', '.git/worktrees', '.vscode'].map((name) => `${process.cwd()}/${name}`),
    unreadable: ['.ssh', '.gnupg', '.aws', '.npmrc', '.config/gh/hosts.yml'].map((name) => `${homedir()}/${name}`),
    readable: [],
    unreachable: [],
    network: 'Off',
  },
});

async function supervision(bench, ...asked) {
  const supervised = [bench.server, 'supervise', String(process.pid), '/bin/sh', 'true', ...asked];
  const bare = await plainCommand();
  return (await duration(supervised, ['pipe', 'pipe', 'pipe'])) - bare;
}

function plainCommand() {
  return duration(['/bin/sh', '-c', 'true'], ['ignore', 'pipe', 'pipe']);
}

async function duration(command, stdio) {
  const { started, ended } = launch(command, { stdio });
  await succeed(ended, command);
  return (await ended).at - started;
}

async function interrupt(bench) {
  const { child, ended } = launch(bench.sage('stop'), bench.options);
  const command = `sleep\0${bench.sleepMark}`;
  const deadline = now() + 10_000;
  while (processesWith(command).length === 0) {
    if (now() > deadline || child.exitCode !== null || child.signalCode) {
      child.kill('SIGKILL');
      throw new Error('The command to be interrupted was never started.');
    }
    await sleep(5);
  }
  const asked = now();
  child.kill('SIGINT');
  const { code, at } = await ended;
  const left = processesWith(command);
  for (const pid of left) process.kill(pid, 'SIGKILL');
  if (left.length) throw new Error(`SIGINT left ${left.length} child processes alive.`);
  if (code !== 130) throw new Error(`SIGINT ended it with ${code}, not with 130.`);
  return at - asked;
}
