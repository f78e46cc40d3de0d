/** Runs the programs our commands are made of; whatever was started is stopped with us. */
import { spawn } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import process from 'node:process';
import { root } from './places.mjs';

const live = new Set();
const closers = new Set();
let leaving = false;
let stopping;

/** How long what we started may take to stop what it started; a program that is one of several passes less on. */
const leavingGraceMs = Number(process.env.SAGE_STOP_GRACE_MS ?? 20_000);

/** No build server outlives the command that started it. */
const dotnetEnv = {
  DOTNET_CLI_TELEMETRY_OPTOUT: '1',
  DOTNET_NOLOGO: '1',
  DOTNET_CLI_USE_MSBUILD_SERVER: '0',
  MSBUILDDISABLENODEREUSE: '1',
  UseSharedCompilation: 'false',
};

export class CommandFailed extends Error {
  constructor(command, code) {
    super(`${command} ended with ${code}`);
    this.name = 'CommandFailed';
    this.code = code;
  }
}

/**
 * Starts a program in a process group of its own, which ends with us at the latest.
 * `env` is added to our environment; `exactEnv` is all the program sees.
 */
export function start(command, args, { env, exactEnv, ...options } = {}) {
  if (leaving) throw new Error(`We are leaving; ${command} is not started any more.`);
  const child = spawn(command, args, {
    stdio: ['ignore', 'inherit', 'inherit'],
    ...options,
    env: exactEnv ?? { ...process.env, ...dotnetEnv, ...env },
    detached: process.platform !== 'win32',
  });
  child.ended = new Promise((resolve) => {
    child.once('error', (error) => resolve({ code: -1, error }));
    child.once('exit', (code, signal) => resolve({ code: code ?? `signal ${signal}` }));
  });
  live.add(child);
  child.ended.then(() => live.delete(child));
  return child;
}

/** Runs a program to its end and answers its exit code. */
export async function exitCode(command, args, options = {}) {
  const { code, error } = await start(command, args, options).ended;
  if (error) throw new Error(`${command} could not be started: ${error.message}`);
  return code;
}

/** Runs a program to its end; anything but success is thrown. */
export async function run(command, args, options = {}) {
  const code = await exitCode(command, args, options);
  if (code !== 0) throw new CommandFailed([command, ...args].join(' '), code);
}

/**
 * Builds with .NET. One compiler serves all projects, which halves the time; it would wait for more work, and ends with the build
 * because it is in its group. Windows has no such groups, and there every project starts one.
 */
export async function buildDotnet(project, ...options) {
  const shared = process.platform !== 'win32' && { UseSharedCompilation: 'true', SharedCompilationId: randomUUID() };
  const args = ['build', project, '--nologo', '--verbosity', 'quiet', ...options];
  const child = start('dotnet', args, { cwd: root, env: shared || {} });
  const { code, error } = await child.ended;
  if (shared) signal(child, 'SIGTERM');
  if (error) throw new Error(`dotnet could not be started: ${error.message}`);
  if (code !== 0) throw new CommandFailed(['dotnet', ...args].join(' '), code);
}

/** Runs a program quietly; its output is shown only when it failed. Answers stdout. */
export async function capture(command, args, options = {}) {
  const child = start(command, args, { ...options, stdio: ['ignore', 'pipe', 'pipe'] });
  let stdout = '';
  let all = '';
  child.stdout?.on('data', (chunk) => {
    stdout += chunk;
    all += chunk;
  });
  child.stderr?.on('data', (chunk) => {
    all += chunk;
  });
  const closed = new Promise((resolve) => child.once('close', resolve));
  const { code, error } = await child.ended;
  if (error) throw new Error(`${command} could not be started: ${error.message}`);
  await closed;
  if (code !== 0) {
    process.stderr.write(all);
    throw new CommandFailed([command, ...args].join(' '), code);
  }
  return stdout;
}

/** Ends a started program with everything in its group: politely, then for good. */
export async function stop(child, graceMs = 3000) {
  if (!live.has(child)) return;
  signal(child, 'SIGTERM');
  const timer = setTimeout(() => signal(child, 'SIGKILL'), graceMs);
  await child.ended;
  clearTimeout(timer);
  // The leader is gone; what it left in its group goes too.
  signal(child, 'SIGKILL');
}

/** Has something closed with us that is not a child of ours. Answers a function that forgets it again. */
export function onStop(close) {
  closers.add(close);
  return () => closers.delete(close);
}

/** Ends everything, at the same time. Whoever asks again waits for the same end. */
export function stopAll(graceMs = 3000) {
  stopping ??= Promise.allSettled([
    ...[...closers].map((close) => close()),
    ...[...live].map((child) => stop(child, graceMs)),
  ]);
  return stopping;
}

function signal(child, name) {
  if (!child.pid) return;
  try {
    process.kill(process.platform === 'win32' ? child.pid : -child.pid, name);
  } catch (error) {
    if (error.code !== 'ESRCH') throw error;
  }
}

for (const name of ['SIGINT', 'SIGTERM', 'SIGHUP']) {
  process.on(name, async () => {
    if (leaving) return;
    leaving = true;
    await stopAll(leavingGraceMs);
    process.exit(name === 'SIGINT' ? 130 : 143);
  });
}
