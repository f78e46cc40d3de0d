/** Serves a real VS Code on this machine. */
import { closeSync, mkdirSync, openSync, readFileSync } from 'node:fs';
import net from 'node:net';
import path from 'node:path';
import { places } from '../../commands/places.mjs';
import { start, stop } from '../../commands/processes.mjs';
import { codeServerEntry } from '../host/install.mjs';
import { until } from './wait.mjs';

export class CodeServer {
  /** `state` says where it lives: `{ root, config, userData, extensions, environment() }`. */
  constructor(state, logFile) {
    this.state = state;
    this.logFile = logFile;
    this.common = ['--config', state.config, '--user-data-dir', state.userData, '--extensions-dir', state.extensions];
  }

  get pid() {
    return this.child.pid;
  }

  async installExtension(vsix) {
    const child = this.#launch(['--install-extension', vsix, '--force'], 'w');
    const { code } = await child.ended;
    const log = readFileSync(this.logFile, 'utf8');
    if (code !== 0 || !/successfully installed/.test(log)) throw new Error(`${vsix} was not installed:\n${log}`);
  }

  async start({ port, more = [] } = {}) {
    this.port = port ?? (await freePort());
    this.url = `http://127.0.0.1:${this.port}`;
    const options = [
      ['--bind-addr', `127.0.0.1:${this.port}`],
      ['--auth', 'none'],
      ['--disable-telemetry'],
      ['--disable-update-check'],
      ['--disable-getting-started-override'],
      ['--disable-proxy'],
      ['--ignore-last-opened'],
      // A window that is gone must not keep its extension host, and with it a Sage, for hours.
      ['--reconnection-grace-time', '5'],
      more,
    ].flat();
    this.child = this.#launch(options, 'a');
    await until('the editor to serve', () => this.#isHealthy(), { timeout: 60_000, every: 100 });
  }

  async stop() {
    if (this.child) await stop(this.child, 5000);
  }

  async #isHealthy() {
    if (this.child.exitCode !== null || this.child.signalCode !== null) {
      const error = new Error(`The editor's server ended:\n${readFileSync(this.logFile, 'utf8')}`);
      throw Object.assign(error, { fatal: true });
    }
    const answer = await fetch(`${this.url}/healthz`).catch(() => null);
    return answer?.ok;
  }

  #launch(args, flags) {
    mkdirSync(path.dirname(this.logFile), { recursive: true });
    const log = openSync(this.logFile, flags);
    try {
      return start(places.hostNode, [codeServerEntry, ...this.common, ...args], {
        cwd: this.state.root,
        exactEnv: this.state.environment(),
        stdio: ['ignore', log, log],
      });
    } finally {
      closeSync(log);
    }
  }
}

/** A port nobody listens on; the preferred one, if it is free. */
export function freePort(preferred = 0) {
  return new Promise((resolve, reject) => {
    const server = net.createServer();
    server.once('error', (error) => (preferred ? resolve(freePort()) : reject(error)));
    server.listen(preferred, '127.0.0.1', () => {
      const { port } = server.address();
      server.close(() => resolve(port));
    });
  });
}
