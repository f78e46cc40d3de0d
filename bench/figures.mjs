/** What is measured, how, and what it may cost. A figure's `once` gives one sample; `floor` does the same in bare Node. */
import { setTimeout as sleep } from 'node:timers/promises';
import { languageServer } from './languageServer.mjs';
import { cpu, launch, now, peakMemory, processesWith, succeed } from './measure.mjs';

export const figures = [
  {
    name: 'exec: start → first model request',
    unit: 'ms',
    budget: 28,
    once: (bench) => firstRequest(bench, bench.sage('answer')),
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
  { name: 'supervisor: what it adds to a command', unit: 'ms', budget: 20, once: supervision, floor: plainCommand },
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
];

export function median(samples) {
  const sorted = [...samples].sort((a, b) => a - b);
  const middle = Math.floor(sorted.length / 2);
  return sorted.length % 2 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
}

async function play(bench, command) {
  bench.model.forget();
  await succeed(launch(command, bench.options).ended, command);
  return bench.model.requests();
}

async function firstRequest(bench, command) {
  bench.model.forget();
  const { started, ended } = launch(command, bench.options);
  await succeed(ended, command);
  return (await bench.model.requests())[0].arrived - started;
}

const gaps = (requests) => requests.slice(1).map((request, index) => request.arrived - requests[index].sent);

// The same command with and without, one right after the other: what else the machine does hits both.
async function supervision(bench) {
  const supervised = [bench.server, 'supervise', String(process.pid), '/bin/sh', 'true'];
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
