/** The scripted model server of Sage.TestKit: real HTTP, both wire formats, replies as a test writes them. */
import { existsSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import readline from 'node:readline';
import { root } from '../../commands/places.mjs';
import { start, stop } from '../../commands/processes.mjs';
import { until } from './wait.mjs';

const program = path.join(root, 'tests/Sage.TestKit/bin/Debug/net10.0/sage-testkit.dll');

export class ModelServer {
  /** Starts one; it ends with `stop()`, or with us. */
  static async start(folder, script = { replies: [] }, { port = 0 } = {}) {
    if (!existsSync(program))
      throw new Error(`${path.relative(root, program)} is not built: dotnet build tests/Sage.TestKit`);
    const file = path.join(folder, 'model-script.json');
    writeFileSync(file, JSON.stringify(script));
    const server = new ModelServer();
    // It serves until its input ends.
    server.child = start('dotnet', [program, 'serve', '--script', file, '--port', String(port)], {
      stdio: ['pipe', 'pipe', 'inherit'],
    });
    server.url = await firstLine(server.child).then((line) => JSON.parse(line).url);
    return server;
  }

  /** What the model says from here on. */
  async script(script) {
    await this.#call('POST', '/_script', script);
  }

  /** Lets a reply that waits at a gate go on. */
  async release(gate) {
    await this.#call('POST', `/_release/${encodeURIComponent(gate)}`);
  }

  /** Waits until a reply stands at a gate, with everything before it sent. */
  async reached(gate) {
    await this.#call('GET', `/_reached/${encodeURIComponent(gate)}`);
  }

  /** Every request for a reply so far. */
  async requests() {
    return (await this.#record()).requests.filter(({ method }) => method === 'POST');
  }

  /** What was wrong with requests: pairs of calls and results broken, fields a vendor would refuse. */
  async violations() {
    return (await this.#record()).violations;
  }

  async waitForRequests(count, options) {
    return until(
      `${count} model requests`,
      async () => {
        const requests = await this.requests();
        return requests.length >= count && requests;
      },
      options,
    );
  }

  async stop() {
    await stop(this.child);
  }

  #record() {
    return this.#call('GET', '/_requests');
  }

  async #call(method, route, body) {
    const headers = body ? { 'content-type': 'application/json' } : {};
    const answer = await fetch(new URL(route, this.url), { method, headers, body: body && JSON.stringify(body) });
    const text = await answer.text();
    if (!answer.ok) throw new Error(`${method} ${route} answered ${answer.status}: ${text}`);
    return text ? JSON.parse(text) : undefined;
  }
}

async function firstLine(child) {
  const lines = readline.createInterface({ input: child.stdout });
  const line = new Promise((resolve) => lines.once('line', resolve));
  const ended = child.ended.then(({ code }) => Promise.reject(new Error(`The model server ended with ${code}.`)));
  return Promise.race([line, ended]);
}
