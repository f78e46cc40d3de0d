import { codeOf, messageOf } from '../../infrastructure/errors';
import { Signal } from '../../infrastructure/signal';
import type { RejectionReason } from '../../protocol/bridge';
import {
  ErrorCodes,
  type EventEnvelope,
  type InputPart,
  Methods,
  type PermissionMode,
  type RunTurnParams,
  type RunTurnResult,
  type SessionSummary,
  type SteerKind,
  type TurnOutcome,
} from '../../protocol/generated';
import type { Requests, Server } from '../../server/requests';
import { type Catchup, isGap, lastSeqOf, newerThan } from './eventOrder';
import { WaitingPrompts } from './waitingPrompts';

export interface OpenedSession {
  /** Empty for a session that does not exist yet. */
  readonly sessionId: string;
  readonly events: readonly EventEnvelope[];
  readonly running: boolean;
  /** A turn was cut off while it asked the user. */
  readonly suspended?: boolean;
}

export interface RejectedTurn {
  readonly sessionId: string;
  readonly message: string;
  /** The words that were lost with it, when they were not the turn's prompt. */
  readonly input?: readonly InputPart[];
  readonly reason?: RejectionReason;
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
  readonly #waiting = new WaitingPrompts();
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
    server.events.subscribe((envelope) => {
      this.#waiting.apply(envelope);
      this.#receive(envelope);
    });
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

  /** Runs a turn, and then one for each prompt that waits; settles when the last has ended. */
  async send(input: readonly InputPart[], mode: PermissionMode): Promise<void> {
    let sessionId = this.#current ?? '';
    try {
      sessionId = this.#current ?? (await this.#create());
    } catch (error) {
      this.#reject(sessionId, error);
      return;
    }
    await this.#runAll(sessionId, { sessionId, input, mode });
  }

  /** Words beside the running turn. Without one they are sent as a prompt of their own. */
  async say(id: string, kind: SteerKind, input: readonly InputPart[], mode: PermissionMode): Promise<void> {
    const sessionId = this.#current;
    if (sessionId === null || !this.#turns.has(sessionId)) {
      return this.send(input, mode);
    }
    try {
      await this.#accept(sessionId, id, kind, input);
    } catch (error) {
      this.rejected.emit({ sessionId, message: messageOf(error), input });
      return;
    }
    if (!this.#turns.has(sessionId)) {
      await this.runNext(mode);
    }
  }

  /** Other words for what waits. */
  async editQueued(id: string, input: readonly InputPart[]): Promise<void> {
    await this.#whileWaiting(Methods.editQueued, (sessionId) => ({ sessionId, id, input }));
  }

  async removeQueued(id: string): Promise<void> {
    await this.#whileWaiting(Methods.removeQueued, (sessionId) => ({ sessionId, id }));
  }

  async reorderQueued(ids: readonly string[]): Promise<void> {
    await this.#whileWaiting(Methods.reorderQueued, (sessionId) => ({ sessionId, ids }));
  }

  /** Sends what waits, one after the other, unless a turn runs. */
  async runNext(mode: PermissionMode): Promise<void> {
    const sessionId = this.#current;
    const queuedId = sessionId === null ? undefined : this.#waiting.next(sessionId);
    if (sessionId !== null && queuedId !== undefined && !this.#turns.has(sessionId)) {
      await this.#runAll(sessionId, { sessionId, input: [], mode, queuedId });
    }
  }

  /** Makes the conversation shorter for the model. */
  async compact(): Promise<void> {
    const sessionId = this.#current;
    const done = sessionId !== null && (await this.server.request(Methods.compactSession, { sessionId })).compacted;
    if (!done) {
      throw new Error('There is nothing to leave out yet: the conversation is short.');
    }
  }

  /** Stops the turn of a session; asked again, it waits for nothing. */
  stop(sessionId: string = this.#current ?? ''): void {
    const turn = this.#turns.get(sessionId);
    if (turn?.signal.aborted) {
      void this.server.request(Methods.killTurn, { sessionId }).catch(() => {
        // A server that cannot be asked is not running anything either.
      });
    } else {
      turn?.abort();
    }
  }

  async stopBackground(taskId: string): Promise<void> {
    if (this.#current !== null) {
      await this.server.request(Methods.stopBackground, { sessionId: this.#current, taskId });
    }
  }

  /** Lets the command of a running call go on beside the turn. */
  async moveToBackground(callId: string): Promise<void> {
    if (this.#current !== null) {
      await this.server.request(Methods.moveToBackground, { sessionId: this.#current, callId });
    }
  }

  /** Runs a turn and what waits behind it. A turn that was stopped or failed sets nothing off: what waits, waits for the user. */
  async #runAll(sessionId: string, first: RunTurnParams): Promise<void> {
    const outcome = await this.#run(sessionId, (signal) => this.server.request(Methods.runTurn, first, signal));
    await this.#runWaiting(sessionId, outcome, first);
  }

  async #runWaiting(sessionId: string, last: TurnOutcome | null, like: RunTurnParams): Promise<void> {
    let outcome = last;
    let queuedId = this.#waiting.next(sessionId);
    while (outcome === 'completed' && queuedId !== undefined) {
      const request = { ...like, input: [], queuedId };
      outcome = await this.#run(sessionId, (signal) => this.server.request(Methods.runTurn, request, signal));
      queuedId = this.#waiting.next(sessionId);
    }
  }

  /** The server was killed while it asked the user: it asks again. */
  async #resume(session: OpenedSession): Promise<void> {
    const { sessionId } = session;
    const outcome = await this.#run(sessionId, async (signal) => {
      try {
        return await this.server.request(Methods.resumeTurn, { sessionId }, signal);
      } catch (error) {
        if (this.#current === sessionId && this.server.state.kind === 'running') {
          this.opened.emit({ ...session, running: false });
        }
        throw error;
      }
    });
    await this.#runWaiting(sessionId, outcome, { sessionId, input: [] });
  }

  async #run(sessionId: string, send: (signal: AbortSignal) => Promise<RunTurnResult>): Promise<TurnOutcome | null> {
    const turn = new AbortController();
    try {
      if (this.#turns.has(sessionId)) {
        throw new Error('A turn is still running in this session. Stop it first, or wait until it has ended.');
      }
      this.#turns.set(sessionId, turn);
      this.runningChanged.emit(this.#turns.size);
      return (await send(turn.signal)).outcome;
    } catch (error) {
      this.#reject(sessionId, error);
      return null;
    } finally {
      if (this.#turns.get(sessionId) === turn) {
        this.#turns.delete(sessionId);
        this.runningChanged.emit(this.#turns.size);
      }
    }
  }

  /** The turn may end at this moment: then the words wait for a turn of their own. */
  async #accept(sessionId: string, id: string, kind: SteerKind, input: readonly InputPart[]): Promise<void> {
    const words = { sessionId, id, input };
    if (kind === 'steer') {
      try {
        await this.server.request(Methods.steerTurn, words);
        return;
      } catch (error) {
        if (codeOf(error) !== ErrorCodes.noTurnRunning) {
          throw error;
        }
      }
    }
    await this.server.request(Methods.queuePrompt, words);
    this.#waiting.add(sessionId, id);
  }

  /** What is no longer waiting was delivered meanwhile: its event shows it, and there is nothing to complain about. */
  async #whileWaiting<M extends 'sage/turn/editQueued' | 'sage/turn/removeQueued' | 'sage/turn/reorderQueued'>(
    method: M,
    params: (sessionId: string) => Requests[M]['params'],
  ): Promise<void> {
    if (this.#current === null) {
      return;
    }
    try {
      await this.server.request(method, params(this.#current));
    } catch (error) {
      if (codeOf(error) !== ErrorCodes.notWaiting) {
        throw error;
      }
    }
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
      this.rejected.emit(rejection(sessionId, error));
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
    this.#waiting.restart(session.sessionId, session.events);
    const goesOn = session.suspended && !this.#turns.has(session.sessionId);
    this.opened.emit(goesOn ? { ...session, running: true } : session);
    const lost = this.#lost === session.sessionId;
    if (lost) {
      this.#lost = null;
    }
    if (goesOn) {
      void this.#resume(session);
    } else if (lost) {
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
      this.rejected.emit(rejection(sessionId, error));
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

function rejection(sessionId: string, error: unknown): RejectedTurn {
  const message = messageOf(error);
  return codeOf(error) === ErrorCodes.noWorkspace ? { sessionId, message, reason: 'noFolder' } : { sessionId, message };
}
