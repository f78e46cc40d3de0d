import * as vscode from 'vscode';
import { messageOf } from '../infrastructure/errors';
import { type Release, Signal } from '../infrastructure/signal';
import type { EventEnvelope, McpChangedParams } from '../protocol/generated';
import type { Connect, Connection } from './connection';
import type { Send, Server } from './requests';
import type { RestartPolicy } from './restartPolicy';
import { ServerMissing } from './serverFiles';

export type ServerLife = Server['state'];

/** Runs before anything else is asked of a fresh server process. */
export type Prepare = (request: Send) => Promise<void>;

/** Keeps one server process alive: starts it on first need, again after a crash, and not for ever. */
export class SageServer implements Server {
  readonly stateChanged = new Signal<ServerLife>();
  readonly events = new Signal<EventEnvelope>();
  readonly mcpChanged = new Signal<McpChangedParams>();
  readonly #preparations: Prepare[] = [];
  #state: ServerLife = { kind: 'idle' };
  #connection: Connection | null = null;
  #ready: Promise<Connection> | null = null;
  /** Which life of the server counts; what an earlier one still says is ignored. */
  #life = 0;

  constructor(
    private readonly connect: Connect,
    private readonly policy: RestartPolicy,
    private readonly sleep: (ms: number) => Promise<void>,
    private readonly log: { warn(message: string): void },
  ) {}

  get state(): ServerLife {
    return this.#state;
  }

  beforeUse(prepare: Prepare): void {
    this.#preparations.push(prepare);
  }

  async start(): Promise<void> {
    await this.#started();
  }

  readonly request: Send = async (method, params, signal) => {
    const connection = await this.#started();
    return connection.request(method, params, signal);
  };

  onProgress(token: string, listener: (value: unknown) => void): Release {
    let registration: Release | null = null;
    let released = false;
    // A start that fails is reported to whoever sends the request.
    this.#started().then(
      (connection) => {
        registration = released ? null : connection.onProgress(token, listener);
      },
      () => {},
    );
    return {
      dispose: () => {
        released = true;
        registration?.dispose();
      },
    };
  }

  async restart(): Promise<void> {
    await this.stop();
    this.policy.reset();
    await this.#started();
  }

  async stop(): Promise<void> {
    this.#life++;
    const connection = this.#connection;
    this.#connection = null;
    this.#ready = null;
    this.#become({ kind: 'idle' });
    await connection?.stop();
  }

  #started(): Promise<Connection> {
    if (this.#state.kind === 'stopped') {
      return Promise.reject(new Error(this.#state.message));
    }
    this.#ready ??= this.#open(this.#life);
    return this.#ready;
  }

  async #open(life: number): Promise<Connection> {
    this.#become({ kind: 'starting' });
    let connection: Connection | undefined;
    let running = false;
    try {
      connection = this.connect({
        event: (envelope) => life === this.#life && this.events.emit(envelope),
        mcpChanged: (change) => life === this.#life && this.mcpChanged.emit(change),
        closed: () => running && this.#crashed(life),
      });
      this.#connection = connection;
      await connection.start();
      for (const prepare of this.#preparations) {
        await prepare(connection.request);
      }
    } catch (error) {
      // It may have died, or be alive and unusable.
      void connection?.stop();
      return this.#failed(life, error);
    }
    if (life !== this.#life) {
      throw new Error(vscode.l10n.t('The Sage server was restarted meanwhile.'));
    }
    running = true;
    this.#become({ kind: 'running' });
    return connection;
  }

  #failed(life: number, error: unknown): Promise<Connection> {
    if (life !== this.#life) {
      throw error;
    }
    if (error instanceof ServerMissing) {
      this.#giveUp(error.message);
      throw error;
    }
    return this.#recover(life, messageOf(error));
  }

  #crashed(life: number): void {
    if (life !== this.#life) {
      return;
    }
    this.#ready = this.#recover(life, vscode.l10n.t('its process ended'));
    // Nobody may be waiting; the state says what happened.
    this.#ready.catch(() => {});
  }

  async #recover(life: number, reason: string): Promise<Connection> {
    this.#connection = null;
    const delay = this.policy.crashed();
    if (delay === null) {
      const message = vscode.l10n.t('The Sage server stopped too often ({0}). See the log, then restart it.', reason);
      this.#giveUp(message);
      throw new Error(message);
    }
    this.log.warn(`The server stopped: ${reason}. Starting it again in ${delay} ms.`);
    this.#become({ kind: 'starting' });
    await this.sleep(delay);
    if (life !== this.#life) {
      throw new Error(vscode.l10n.t('The Sage server was restarted meanwhile.'));
    }
    return this.#open(life);
  }

  #giveUp(message: string): void {
    this.#connection = null;
    this.#ready = null;
    this.#become({ kind: 'stopped', message, canRestart: true });
  }

  #become(state: ServerLife): void {
    this.#state = state;
    this.stateChanged.emit(state);
  }
}
