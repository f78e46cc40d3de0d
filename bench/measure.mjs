/** Measures one run of a program, from outside, on Linux. Times are milliseconds, memory is MB. */
import { spawn } from 'node:child_process';
import { readdirSync, readFileSync } from 'node:fs';

export const now = () => Number(process.hrtime.bigint()) / 1e6;

/** Starts a program with its output thrown away; `ended` answers its exit code and when it ended. */
export function launch([program, ...args], options) {
  const started = now();
  const child = spawn(program, args, { stdio: ['ignore', 'ignore', 'ignore'], ...options });
  const ended = new Promise((resolve, reject) => {
    child.once('error', reject);
    child.once('exit', (code, signal) => resolve({ code: code ?? signal, at: now() }));
  });
  return { child, started, ended };
}

/** User and system time of a program and of every child it waited for. */
export async function cpu(command, options) {
  // The shell's own `time` is the one tool that is everywhere.
  const script = 'TIMEFORMAT="%U %S"; { time "$@" >/dev/null 2>&1; } 2>&1; exit $?';
  const { child, ended } = launch(['bash', '-c', script, 'bash', ...command], {
    ...options,
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  let output = '';
  child.stdout.on('data', (chunk) => {
    output += chunk;
  });
  await succeed(ended, command);
  const [user, system] = output.trim().split(' ').map(Number);
  return 1000 * (user + system);
}

/** The most memory a program held. The kernel keeps the peak; it is read until the program is gone. */
export async function peakMemory(command, options) {
  const { child, ended } = launch(command, options);
  let peak = 0;
  const timer = setInterval(() => {
    peak = Math.max(peak, memory(child.pid, 'VmHWM'));
  }, 1);
  await succeed(ended, command).finally(() => clearInterval(timer));
  return peak;
}

export function memory(pid, line) {
  const match = new RegExp(`^${line}:\\s+(\\d+)`, 'm').exec(read(`/proc/${pid}/status`));
  return match ? Number(match[1]) / 1024 : 0;
}

/** CPU time a living process has used so far, to the kernel's 10 ms. */
export function cpuSoFar(pid) {
  const fields = read(`/proc/${pid}/stat`).split(') ')[1]?.split(' ') ?? [];
  return 10 * (Number(fields[11]) + Number(fields[12]));
}

/** Processes with this word in their command line. */
export function processesWith(word) {
  const pids = readdirSync('/proc').filter((name) => /^\d+$/.test(name) && name !== String(process.pid));
  return pids.filter((pid) => read(`/proc/${pid}/cmdline`).includes(word)).map(Number);
}

export async function succeed(ended, command) {
  const { code } = await ended;
  if (code !== 0) throw new Error(`${command.join(' ')} ended with ${code}`);
}

function read(file) {
  try {
    return readFileSync(file, 'utf8');
  } catch {
    return '';
  }
}
