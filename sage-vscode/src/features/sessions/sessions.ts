import * as vscode from 'vscode';
import { codeOf, messageOf } from '../../infrastructure/errors';
import { Signal } from '../../infrastructure/signal';
import type { RejectionReason } from '../../protocol/bridge';
import {
  ErrorCodes,
  type EventEnvelope,
  type InputPart,
  type KeepBackgroundResult,
  type ListCommandsResult,
  Methods,
  type PermissionMode,
  type ResourceSummary,
  type RunTurnParams,
  type RunTurnResult,
  type SteerKind,
} from '../../protocol/generated';
import type { Requests, Server } from '../../server/requests';
import { type Catchup, isGap, lastSeqOf, newerThan } from './eventOrder';
import { Turns } from './turns';

export interface OpenedSession {
  /** Empty for a session that does not exist yet. */
  readonly sessionId: string;
  readonly events: readonly EventEnvelope[];
  readonly running: boolean;
  /** A turn was cut off while it asked the user. */
  readonly suspended?: boolean;
  /** Another window has it: it can only be read here. */
  readonly readOnly?: boolean;
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

const lostWords = () =>
  vscode.l10n.t(
    'The Sage server stopped while it was working, and has been started again. What was done until then is kept.',
  );

const readOnlyWords = () =>
  vscode.l10n.t(
    'This session is open in another window. Here it can be read; go on with it there, or start a new one.',
  );

const NOTHING: OpenedSession = { sessionId: '', events: [], running: false };

/** The session the panel shows: made on first send, found again after a reload or a crash. */
export class Sessions {
  readonly opened = new Signal<OpenedSession>();
  /** Events of the current session only. */
  readonly events = new Signal<EventEnvelope>();
  readonly rejected = new Signal<RejectedTurn>();
  readonly #turns: Turns;
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
    this.#turns = new Turns(server, (sessionId, error) => this.#reject(sessionId, error));
    server.events.subscribe((envelope) => {
      this.#turns.apply(envelope);
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

  /** How many turns run, in all sessions. */
  get runningChanged(): Signal<number> {
    return this.#turns.countChanged;
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

  /** The events that lie before those the panel has. */
  async page(sessionId: string, beforeSeq: number): Promise<readonly EventEnvelope[]> {
    return (await this.server.request(Methods.pageSession, { sessionId, beforeSeq })).events;
  }

  /** Opens a new session that begins like another; what it is called. */
  async fork(sessionId: string, atSeq?: number): Promise<string> {
    const at = atSeq === undefined ? {} : { atSeq };
    const fork = await this.server.request(Methods.forkSession, { sessionId, ...at });
    await this.open(fork.sessionId);
    return fork.title;
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
    await this.#turns.runAll({ sessionId, input, mode });
  }

  /** Runs a turn for something other than the panel, which need not show its session. How it went is told to the caller. */
  runElsewhere(request: RunTurnParams, signal: AbortSignal): Promise<RunTurnResult> {
    return this.#turns.run(request, signal);
  }

  /** Words beside the running turn. Without one they are sent as a prompt of their own. */
  async say(id: string, kind: SteerKind, input: readonly InputPart[], mode: PermissionMode): Promise<void> {
    const sessionId = this.#current;
    if (sessionId === null || !this.#turns.isRunning(sessionId)) {
      return this.send(input, mode);
    }
    try {
      await this.#turns.accept(sessionId, id, kind, input);
    } catch (error) {
      this.rejected.emit({ sessionId, message: messageOf(error), input });
      return;
    }
    await this.#turns.runNext(sessionId, mode);
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
    if (this.#current !== null) {
      await this.#turns.runNext(this.#current, mode);
    }
  }

  /** The commands that a prompt can begin with; files are looked at each time. */
  listCommands(): Promise<ListCommandsResult> {
    return this.server.request(Methods.listCommands, {});
  }

  /** What MCP servers have to read; they come and go, so it is asked for each time. */
  async listResources(): Promise<readonly ResourceSummary[]> {
    return (await this.server.request(Methods.listResources, {})).resources;
  }

  /** Makes the conversation shorter for the model. */
  async compact(): Promise<void> {
    const sessionId = this.#current;
    const done = sessionId !== null && (await this.server.request(Methods.compactSession, { sessionId })).compacted;
    if (!done) {
      throw new Error(vscode.l10n.t('There is nothing to leave out yet: the conversation is short.'));
    }
  }

  /** Stops the turn of a session; asked again, it waits for nothing. */
  stop(sessionId: string = this.#current ?? ''): void {
    this.#turns.stop(sessionId);
  }

  async stopBackground(taskId: string): Promise<void> {
    if (this.#current !== null) {
      await this.server.request(Methods.stopBackground, { sessionId: this.#current, taskId });
    }
  }

  /** Ends a background command that its user goes on with, and says how. */
  async keepBackground(taskId: string): Promise<KeepBackgroundResult | null> {
    return this.#current === null
      ? null
      : this.server.request(Methods.keepBackground, { sessionId: this.#current, taskId });
  }

  /** Lets the command of a running call go on beside the turn. */
  async moveToBackground(callId: string): Promise<void> {
    if (this.#current !== null) {
      await this.server.request(Methods.moveToBackground, { sessionId: this.#current, callId });
    }
  }

  /** Ends one call; the turn goes on. */
  async stopCall(callId: string): Promise<void> {
    if (this.#current !== null) {
      await this.server.request(Methods.stopCall, { sessionId: this.#current, callId });
    }
  }

  /** Words for one sub-agent; its card shows how far they got. */
  async steerSubagent(callId: string, id: string, text: string): Promise<void> {
    if (this.#current !== null) {
      await this.server.request(Methods.steerSubagent, { sessionId: this.#current, callId, id, text });
    }
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
    this.#turns.restart(session.sessionId, session.events);
    const goesOn = session.suspended && !session.readOnly && !this.#turns.isRunning(session.sessionId);
    this.opened.emit(goesOn ? { ...session, running: true } : session);
    const lost = this.#lost === session.sessionId;
    if (lost) {
      this.#lost = null;
    }
    if (session.readOnly) {
      this.rejected.emit({ sessionId: session.sessionId, message: readOnlyWords() });
    } else if (goesOn) {
      void this.#turns.resume(session.sessionId, () => this.#couldNotResume(session));
    } else if (lost) {
      this.rejected.emit({ sessionId: session.sessionId, message: lostWords() });
    }
    for (const envelope of newerThan(this.#lastSeq, catchup.held)) {
      this.#receive(envelope);
    }
  }

  #couldNotResume(session: OpenedSession): void {
    if (this.#current === session.sessionId && this.server.state.kind === 'running') {
      this.opened.emit({ ...session, running: false });
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
