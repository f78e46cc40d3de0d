import * as vscode from 'vscode';
import { codeOf, messageOf } from '../../infrastructure/errors';
import type { Signal } from '../../infrastructure/signal';
import {
  ErrorCodes,
  type FileChangeKind,
  type InputPart,
  type PermissionMode,
  type PlanItem,
  type RunTurnParams,
  type RunTurnResult,
  type TurnOutcome,
} from '../../protocol/generated';
import type { Server } from '../../server/requests';
import { type Thread, type ThreadMemory, Threads } from './threads';
import { type Piece, TurnFold } from './turnFold';

/** What the participant needs of Sage; who provides it is decided in extension.ts. */
export interface ConversationParts {
  readonly server: Pick<Server, 'request' | 'events'>;
  readonly sessions: { runElsewhere(request: RunTurnParams, signal: AbortSignal): Promise<RunTurnResult> };
  /** Somebody has to answer before a turn goes on. */
  readonly asked: Pick<Signal<{ readonly sessionId: string; readonly words: string }>, 'subscribe'>;
  /** What may run without asking. */
  readonly mode: () => PermissionMode;
}

/** Where an answer is shown. */
export interface Stage {
  show(piece: Piece): void;
  waiting(sessionId: string, words: string): void;
  /** What is left of the turn when it has ended. */
  summary(sessionId: string, plan: readonly PlanItem[], files: ReadonlyMap<string, FileChangeKind>): void;
}

export interface Prompt {
  readonly words: string;
  readonly attached: readonly InputPart[];
  /** Set where it is not the panel's. */
  readonly mode?: PermissionMode;
  /** Null for the first prompt of a chat, and behind answers that were all stopped. */
  readonly thread: Thread | null;
  /** The words that the chat began with; null when these are they. */
  readonly opening: string | null;
}

/** How an answer ended. */
export interface Answer extends Thread {
  readonly outcome: TurnOutcome;
  readonly changed: boolean;
  /** Why it is not what was asked for, in words. */
  readonly problem?: string;
}

/** Prompts of the editor's chat, each a turn of a session of Sage. */
export class Conversations {
  readonly #threads: Threads;
  /** Turns that were stopped and have not ended: the editor lets the next prompt come before they have. */
  readonly #stopping = new Map<string, Promise<unknown>>();

  constructor(
    private readonly parts: ConversationParts,
    memory: ThreadMemory,
  ) {
    this.#threads = new Threads(parts.server, memory);
  }

  /** Runs one turn and shows it as it goes. Rejects when there is no session to run it in. */
  async answer(prompt: Prompt, stage: Stage, signal: AbortSignal): Promise<Answer> {
    try {
      return await this.#answer(prompt, stage, signal);
    } catch (error) {
      const isFirst = prompt.thread === null && prompt.opening === null;
      if (isFirst || codeOf(error) !== ErrorCodes.unknownSession) {
        throw error;
      }
      stage.show({
        kind: 'notice',
        words: vscode.l10n.t('The session of this chat is gone. Sage does not know what was said above.'),
      });
      return this.#answer({ ...prompt, thread: null, opening: null }, stage, signal);
    }
  }

  async #answer(
    { words, attached, mode, thread, opening }: Prompt,
    stage: Stage,
    signal: AbortSignal,
  ): Promise<Answer> {
    const sessionId = await this.#threads.sessionOf(thread, opening);
    if (thread === null) {
      this.#threads.begun(opening ?? words, sessionId);
    }
    await this.#stopping.get(sessionId);
    const fold = new TurnFold();
    const watching = this.#watch(sessionId, fold, stage);
    const end = (outcome: TurnOutcome, problem?: string): Answer => {
      const seq = fold.lastSeq === 0 ? (thread?.seq ?? 0) : fold.lastSeq;
      this.#threads.ended({ sessionId, seq });
      return { sessionId, seq, outcome, changed: fold.files.size > 0, ...(problem !== undefined && { problem }) };
    };
    try {
      const input: InputPart[] = [{ type: 'text', text: words }, ...attached];
      const request = { sessionId, input, mode: mode ?? this.parts.mode() };
      const result = await this.#run(request, signal);
      return end(result.outcome, signal.aborted ? undefined : problemOf(result));
    } catch (error) {
      if (codeOf(error) === ErrorCodes.unknownSession) {
        throw error;
      }
      return signal.aborted ? end('interrupted') : end('failed', messageOf(error));
    } finally {
      watching.dispose();
      stage.summary(sessionId, fold.plan, fold.files);
    }
  }

  async #run(request: RunTurnParams, signal: AbortSignal): Promise<RunTurnResult> {
    const turn = this.parts.sessions.runElsewhere(request, signal);
    const quiet = turn.catch(() => undefined);
    const stop = () => this.#stopping.set(request.sessionId, quiet);
    signal.addEventListener('abort', stop, { once: true });
    try {
      return await turn;
    } finally {
      signal.removeEventListener('abort', stop);
      if (this.#stopping.get(request.sessionId) === quiet) {
        this.#stopping.delete(request.sessionId);
      }
    }
  }

  #watch(sessionId: string, fold: TurnFold, stage: Stage): vscode.Disposable {
    const { server, asked } = this.parts;
    const watched = [
      server.events.subscribe((envelope) => {
        if (envelope.sessionId === sessionId) {
          fold.take(envelope).forEach((piece) => {
            stage.show(piece);
          });
        }
      }),
      asked.subscribe((request) => {
        if (request.sessionId === sessionId) {
          stage.waiting(sessionId, request.words);
        }
      }),
    ];
    return { dispose: () => watched.forEach((each) => void each.dispose()) };
  }
}

function problemOf({ outcome, error }: RunTurnResult): string | undefined {
  switch (outcome) {
    case 'completed':
      return undefined;
    case 'interrupted':
      return vscode.l10n.t('Stopped');
    case 'budgetExceeded':
      return vscode.l10n.t('Stopped: the budget is used up');
    case 'maxSteps':
      return vscode.l10n.t('Stopped: the limit of steps is reached');
    default:
      return error?.message ?? vscode.l10n.t('Failed');
  }
}
