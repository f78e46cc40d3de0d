/**
 * A session of a gigabyte, as one of months would be: long results, and a summary now and then, which keeps the conversation itself short.
 * Its snapshot is the server's own, written at the end of a turn.
 */
import { appendFileSync, closeSync, openSync, readdirSync, readFileSync, rmSync, statSync, writeSync } from 'node:fs';
import path from 'node:path';
import { crc32 } from 'node:zlib';
import { launch, memory, now, succeed } from './measure.mjs';

const gigabyte = 1024 ** 3;
const made = new WeakMap();

/** Opens it in a fresh server: how long that takes, and the most memory of it. */
export async function openLongSession(bench) {
  if (!made.has(bench)) made.set(bench, await makeLongSession(bench));
  const sessionId = made.get(bench);
  const stdio = ['pipe', 'pipe', 'ignore'];
  const { child, ended } = launch([bench.server, '--stdio'], { ...bench.options, stdio });
  const server = new Answers(child);
  const workspaceFolders = [{ uri: `file://${bench.options.cwd}`, name: 'bench' }];
  await server.ask('initialize', { processId: process.pid, rootUri: null, capabilities: {}, workspaceFolders });
  server.send({ method: 'initialized', params: {} });
  const asked = now();
  const { events, readOnly } = await server.ask('sage/session/open', { sessionId });
  const ms = now() - asked;
  if (readOnly || events.length < 100) throw new Error(`Only ${events.length} events came.`);
  const result = { ms, memory: memory(child.pid, 'VmHWM') };
  await server.ask('shutdown');
  server.send({ method: 'exit' });
  await ended;
  return result;
}

async function makeLongSession(bench) {
  // A folder for sessions is named after a hash of the workspace: the server makes it, and the session's beginning.
  const first = bench.sage('answer');
  await succeed(launch(first, bench.options).ended, first);
  const journal = newestJournal(path.join(bench.options.env.SAGE_HOME, 'sessions'));
  const sessionId = path.basename(journal, '.jsonl');
  rmSync(journal.replace(/\.jsonl$/, '.summary.json'), { force: true });
  fill(journal, sessionId);
  const last = bench.sage('answer', '--resume', sessionId);
  await succeed(launch(last, bench.options).ended, last);
  return sessionId;
}

function newestJournal(folder) {
  const files = readdirSync(folder, { recursive: true })
    .filter((name) => name.endsWith('.jsonl'))
    .map((name) => path.join(folder, name));
  return files.sort((a, b) => statSync(b).mtimeMs - statSync(a).mtimeMs)[0];
}

function fill(journal, sessionId) {
  let seq = readFileSync(journal, 'utf8').trimEnd().split('\n').length;
  let written = 0;
  const result = Array.from({ length: 120 }, (_, line) => `${line}\tconst value${line} = compute(${line});`).join('\n');
  const line = (event) => {
    const body = JSON.stringify({ sessionId, event, seq: ++seq, at: '2026-11-30T09:41:07.25+00:00' }).slice(1);
    return `{"crc":"${crc32(body).toString(16).padStart(8, '0')}",${body}\n`;
  };
  const file = openSync(journal, 'a');
  for (let turn = 2; written < gigabyte; turn++) {
    const text = [...turnEvents(turn, result)].map(line).join('');
    writeSync(file, text);
    written += text.length;
  }
  closeSync(file);
  appendFileSync(journal, line({ type: 'notice', text: 'The long session ends here.' }));
}

function* turnEvents(turn, result) {
  const usage = { inputTokens: 1000, outputTokens: 100, cachedInputTokens: 0, reasoningTokens: 0, cacheWriteTokens: 0 };
  yield {
    type: 'turnStarted',
    turnId: `t${turn}`,
    prompt: `Look at part ${turn}.`,
    mode: 'full',
    model: 'openai/bench',
  };
  for (let call = 0; call < 20; call++) {
    const [callId, replyId] = [`c${turn}_${call}`, `r${turn}_${call}`];
    const input = { path: `src/part-${call}.ts` };
    yield { type: 'toolCallStarted', callId, replyId, name: 'read_file', title: 'Read', input };
    yield { type: 'replyEnded', replyId, stopReason: 'toolCalls', text: '' };
    yield { type: 'usage', replyId, usage };
    yield { type: 'toolCallEnded', callId, status: 'ok', text: result, durationMs: 1 };
  }
  if (turn % 10 === 0) {
    const summary = 'The parts were looked at, one after the other.';
    yield { type: 'compacted', kept: 2, reason: 'full', tokensBefore: 150_000, tokensAfter: 9_000, summary };
  }
  yield { type: 'turnEnded', turnId: `t${turn}`, outcome: 'completed', usage };
}

/** The few requests that are needed, over frames. */
class Answers {
  #waiting = new Map();
  #input = Buffer.alloc(0);
  #pieces = [];
  #missing = 0;
  #id = 0;

  constructor(child) {
    this.child = child;
    child.stdout.on('data', (piece) => this.#take(piece));
  }

  send(message) {
    const body = JSON.stringify({ jsonrpc: '2.0', ...message });
    this.child.stdin.write(`Content-Length: ${Buffer.byteLength(body)}\r\n\r\n${body}`);
  }

  ask(method, params) {
    const id = ++this.#id;
    return new Promise((resolve, reject) => {
      this.#waiting.set(id, { resolve, reject });
      this.send({ id, method, ...(params && { params }) });
    });
  }

  // An answer of megabytes comes in many pieces: they are joined once.
  #take(piece) {
    this.#pieces.push(piece);
    this.#missing -= piece.length;
    if (this.#missing > 0) return;
    this.#input = Buffer.concat([this.#input, ...this.#pieces]);
    this.#pieces = [];
    while (this.#takeFrame()) {}
  }

  #takeFrame() {
    const header = /^Content-Length: (\d+)\r\n\r\n/.exec(this.#input.subarray(0, 64).toString('latin1'));
    if (!header) return false;
    const end = header[0].length + Number(header[1]);
    this.#missing = Math.max(0, end - this.#input.length);
    if (this.#missing > 0) return false;
    const message = JSON.parse(this.#input.subarray(header[0].length, end).toString());
    this.#input = this.#input.subarray(end);
    this.#answer(message);
    return true;
  }

  #answer(message) {
    // A request of the server: there is no editor here to ask.
    if (message.method && message.id !== undefined) this.send({ id: message.id, result: null });
    const waiting = this.#waiting.get(message.id);
    if (!waiting || message.method) return;
    if (message.error) waiting.reject(new Error(message.error.message));
    else waiting.resolve(message.result);
  }
}
