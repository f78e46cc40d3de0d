/** One start of `sage --stdio`: how soon it answers, and what it costs when nobody asks anything. */
import { setTimeout as sleep } from 'node:timers/promises';
import { cpuSoFar, launch, memory, now } from './measure.mjs';

export async function languageServer(bench, { idleMs = 0 }) {
  const stdio = ['pipe', 'pipe', 'ignore'];
  const { child, started, ended } = launch([bench.server, '--stdio'], { ...bench.options, stdio });
  const answered = new Promise((resolve) => child.stdout.once('data', () => resolve(now())));
  const rootUri = `file://${bench.options.cwd}`;
  send(child, { id: 1, method: 'initialize', params: { processId: process.pid, rootUri, capabilities: {} } });
  const died = ended.then(({ code }) => Promise.reject(new Error(`sage --stdio ended with ${code}`)));
  died.catch(() => {});
  const initialize = (await Promise.race([answered, died])) - started;
  send(child, { method: 'initialized', params: {} });
  // The start-up's own work is not idleness.
  await sleep(idleMs);
  const before = cpuSoFar(child.pid);
  await sleep(idleMs);
  const result = { initialize, memory: memory(child.pid, 'VmRSS'), idleCpu: cpuSoFar(child.pid) - before };
  send(child, { id: 2, method: 'shutdown' });
  send(child, { method: 'exit' });
  child.stdin.end();
  await ended;
  return result;
}

function send(child, message) {
  const body = JSON.stringify({ jsonrpc: '2.0', ...message });
  child.stdin.write(`Content-Length: ${Buffer.byteLength(body)}\r\n\r\n${body}`);
}
