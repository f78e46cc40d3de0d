import { codeOf, messageOf } from '../../infrastructure/errors';
import { Signal } from '../../infrastructure/signal';
import {
  ErrorCodes,
  type EventEnvelope,
  type InputPart,
  Methods,
  type PermissionMode,
  type SessionSummary,
} from '../../protocol/generated';
import type { Server } from '../../server/requests';
import { type Catchup, isGap, lastSeqOf, newerThan } from './eventOrder';

export interface OpenedSession {
  /** Empty for a session that does not exist yet. */
  readonly sessionId: string;
  readonly events: readonly EventEnvelope[];
  readonly running: boolean;
}

export interface RejectedTurn {
  readonly sessionId: string;
  readonly message: string;
}

/** Remembers, per workspace, which session was open. */
export interface SessionMemory {
  get(): string | null;
  set(sessionId: string | null): void;
}

const LOST =
  'The Sage server stopped while it was working, and has been started again. What was done until then is kept.';

const NOTHING: OpenedSession = { sessionId: '', events: [], running: false };

/** The session the panel shows, and the turns that run: made on first send, found again after a reload or a crash. */
export class Sessions {
  readonly opened = new Signal<OpenedSession>();
  /** Events of the current session only. */
  readonly events = new Signal<EventEnvelope>();
  readonly rejected = new Signal<RejectedTurn>();
  readonly runningChanged = new Signal<number>();
  readonly #turns = new Map<string, AbortController>();
  #current: string | null;
  /** Set while a session is being opened: what arrives meanwhile waits here. */
  #catchup: Catchup | null = null;
  #lastSeq = 0;
  #shown = false;
  /** The session whose turn ended with the server. */
  #lost: string | null = null;

  constructor(
    private readonly server: Server,
    private readonly memory: SessionMemory,
  ) {
    this.#current = memory.get();
    server.events.subscribe((envelope) => this.#receive(envelope));
    server.stateChanged.subscribe((state) => {
      if (state.kind === 'running' && this.#shown && this.#current !== null) {
        void this.open(this.#current);
      }
    });
  }

  get current(): string | null {
    return this.#current;
  }

  /** Shows the session that was open last, or an empty one. */
  async show(): Promise<void> {
    if (this.#current === null) {
      this.opened.emit(NOTHING);
    } else {
      await this.open(this.#current);
    }
  }

  async open(sessionId: string): Promise<void> {
    this.#become(sessionId);
    const catchup: Catchup = { sessionId, held: [] };
    this.#catchup = catchup;
    try {
      const session = await this.server.request(Methods.openSession, { sessionId });
      if (this.#catchup === catchup) {
        this.#show(session, catchup);
      }
    } catch (error) {
      if (this.#catchup === catchup) {
        this.#couldNotOpen(sessionId, error);
      }
    }
  }

  startNew(): void {
    this.#become(null);
    this.#catchup = null;
    this.#shown = false;
    this.opened.emit(NOTHING);
  }

  async list(): Promise<readonly SessionSummary[]> {
    return (await this.server.request(Methods.listSessions, {})).sessions;
  }

  /** Runs one turn; settles when it has ended. */
  async send(input: readonly InputPart[], mode: PermissionMode): Promise<void> {
    const turn = new AbortController();
    let sessionId = this.#current ?? '';
    try {
      sessionId = this.#current ?? (await this.#create());
      if (this.#turns.has(sessionId)) {
        throw new Error('A turn is still running in this session. Stop it first, or wait until it has ended.');
      }
      this.#turns.set(sessionId, turn);
      this.runningChanged.emit(this.#turns.size);
      await this.server.request(Methods.runTurn, { sessionId, input, mode }, turn.signal);
    } catch (error) {
      this.#reject(sessionId, error);
    } finally {
      if (this.#turns.get(sessionId) === turn) {
        this.#turns.delete(sessionId);
        this.runningChanged.emit(this.#turns.size);
      }
    }
  }

  /** Stops the turn of the current session. */
  stop(): void {
    this.#turns.get(this.#current ?? '')?.abort();
  }

  /** Makes a session and shows it as running at once: the turn it was made for follows. */
  async #create(): Promise<string> {
    const { sessionId } = await this.server.request(Methods.createSession, {});
    this.#become(sessionId);
    const catchup: Catchup = { sessionId, held: [] };
    this.#catchup = catchup;
    const session = await this.server.request(Methods.openSession, { sessionId });
    if (this.#catchup === catchup) {
      this.#show({ ...session, running: true }, catchup);
    }
    return sessionId;
  }

  #reject(sessionId: string, error: unknown): void {
    if (this.server.state.kind === 'starting' && sessionId !== '') {
      // The server died under the turn. Its session is opened again in a moment, and the word would be lost before.
      this.#lost = sessionId;
    } else {
      this.rejected.emit({ sessionId, message: messageOf(error) });
    }
  }

  #become(sessionId: string | null): void {
    this.#current = sessionId;
    this.memory.set(sessionId);
  }

  #show(session: OpenedSession, catchup: Catchup): void {
    this.#catchup = null;
    this.#shown = true;
    this.#lastSeq = lastSeqOf(session.events, 0);
    this.opened.emit(session);
    if (this.#lost === session.sessionId) {
      this.#lost = null;
      this.rejected.emit({ sessionId: session.sessionId, message: LOST });
    }
    for (const envelope of newerThan(this.#lastSeq, catchup.held)) {
      this.#receive(envelope);
    }
  }

  #couldNotOpen(sessionId: string, error: unknown): void {
    this.#catchup = null;
    this.#shown = false;
    if (codeOf(error) === ErrorCodes.unknownSession) {
      this.startNew();
    } else {
      // The server went away; when it is back, the session is tried again.
      this.#shown = true;
      this.rejected.emit({ sessionId, message: messageOf(error) });
    }
  }

  #receive(envelope: EventEnvelope): void {
    if (envelope.sessionId !== this.#current) {
      return;
    }
    if (this.#catchup !== null) {
      this.#catchup.held.push(envelope);
      return;
    }
    if (!this.#shown) {
      return;
    }
    if (isGap(this.#lastSeq, envelope)) {
      void this.open(envelope.sessionId);
      return;
    }
    this.#lastSeq = lastSeqOf([envelope], this.#lastSeq);
    this.events.emit(envelope);
  }
}
