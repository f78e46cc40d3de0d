import * as vscode from 'vscode';
import { codeOf } from '../../infrastructure/errors';
import { Signal } from '../../infrastructure/signal';
import {
  ErrorCodes,
  type EventEnvelope,
  type InputPart,
  Methods,
  type PermissionMode,
  type RunTurnParams,
  type RunTurnResult,
  type SteerKind,
  type TurnOutcome,
} from '../../protocol/generated';
import type { Server } from '../../server/requests';
import { WaitingPrompts } from './waitingPrompts';

/** The turns that run, at most one a session, and the prompts that wait behind them. */
export class Turns {
  readonly countChanged = new Signal<number>();
  readonly #running = new Map<string, AbortController>();
  readonly #waiting = new WaitingPrompts();

  constructor(
    private readonly server: Server,
    /** The request for a turn has ended without one. */
    private readonly reject: (sessionId: string, error: unknown) => void,
  ) {}

  isRunning(sessionId: string): boolean {
    return this.#running.has(sessionId);
  }

  /** A session was read from its start. */
  restart(sessionId: string, events: readonly EventEnvelope[]): void {
    this.#waiting.restart(sessionId, events);
  }

  apply(envelope: EventEnvelope): void {
    this.#waiting.apply(envelope);
  }

  /** Runs a turn and what waits behind it. A turn that was stopped or failed sets nothing off: what waits, waits for the user. */
  async runAll(first: RunTurnParams): Promise<void> {
    const outcome = await this.#run(first.sessionId, (signal) => this.server.request(Methods.runTurn, first, signal));
    await this.#runWaiting(outcome, first);
  }

  /** One turn for who wants to know how it went. What was queued behind it meanwhile runs then, and is not waited for. */
  async run(request: RunTurnParams, signal: AbortSignal): Promise<RunTurnResult> {
    const { sessionId } = request;
    const result = await this.#hold(sessionId, (own) => this.server.request(Methods.runTurn, request, own), signal);
    void this.#runWaiting(result.outcome, request);
    return result;
  }

  /** Sends what waits, one after the other, unless a turn runs. */
  async runNext(sessionId: string, mode: PermissionMode): Promise<void> {
    const queuedId = this.#waiting.next(sessionId);
    if (queuedId !== undefined && !this.isRunning(sessionId)) {
      await this.runAll({ sessionId, input: [], mode, queuedId });
    }
  }

  /** The server was killed while it asked the user: it asks again. */
  async resume(sessionId: string, failed: () => void): Promise<void> {
    const outcome = await this.#run(sessionId, async (signal) => {
      try {
        return await this.server.request(Methods.resumeTurn, { sessionId }, signal);
      } catch (error) {
        failed();
        throw error;
      }
    });
    await this.#runWaiting(outcome, { sessionId, input: [] });
  }

  /** Words beside the turn that runs. It may end at this moment: then they wait for a turn of their own. */
  async accept(sessionId: string, id: string, kind: SteerKind, input: readonly InputPart[]): Promise<void> {
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

  /** Stops the turn of a session; asked again, it waits for nothing. */
  stop(sessionId: string): void {
    const turn = this.#running.get(sessionId);
    if (turn?.signal.aborted) {
      void this.server.request(Methods.killTurn, { sessionId }).catch(() => {
        // A server that cannot be asked is not running anything either.
      });
    } else {
      turn?.abort();
    }
  }

  async #runWaiting(last: TurnOutcome | null, like: RunTurnParams): Promise<void> {
    const { sessionId } = like;
    let outcome = last;
    let queuedId = this.#waiting.next(sessionId);
    while (outcome === 'completed' && queuedId !== undefined) {
      const request = { ...like, input: [], queuedId };
      outcome = await this.#run(sessionId, (signal) => this.server.request(Methods.runTurn, request, signal));
      queuedId = this.#waiting.next(sessionId);
    }
  }

  async #run(sessionId: string, send: (signal: AbortSignal) => Promise<RunTurnResult>): Promise<TurnOutcome | null> {
    try {
      return (await this.#hold(sessionId, send)).outcome;
    } catch (error) {
      this.reject(sessionId, error);
      return null;
    }
  }

  /** A turn that counts, and that can be stopped, from here until it has ended. */
  async #hold(
    sessionId: string,
    send: (signal: AbortSignal) => Promise<RunTurnResult>,
    signal?: AbortSignal,
  ): Promise<RunTurnResult> {
    if (this.isRunning(sessionId)) {
      throw new Error(
        vscode.l10n.t('A turn is still running in this session. Stop it first, or wait until it has ended.'),
      );
    }
    const turn = new AbortController();
    const stop = () => turn.abort();
    signal?.addEventListener('abort', stop, { once: true });
    if (signal?.aborted) {
      stop();
    }
    try {
      this.#running.set(sessionId, turn);
      this.countChanged.emit(this.#running.size);
      return await send(turn.signal);
    } finally {
      signal?.removeEventListener('abort', stop);
      if (this.#running.get(sessionId) === turn) {
        this.#running.delete(sessionId);
        this.countChanged.emit(this.#running.size);
      }
    }
  }
}
