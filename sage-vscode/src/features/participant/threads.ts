import { Methods } from '../../protocol/generated';
import type { Server } from '../../server/requests';

export const PARTICIPANT = 'sage.agent';

/** Where a chat of the editor stands in a session. Kept with its answers, as JSON. */
export interface Thread {
  readonly sessionId: string;
  /** The last event of the answer. */
  readonly seq: number;
}

interface HistoryTurn {
  readonly participant: string;
  readonly result?: { readonly metadata?: { readonly [key: string]: unknown } };
}

/** Where a chat goes on: where its last answer of Sage has ended. */
export function lastThread(history: readonly HistoryTurn[]): Thread | null {
  for (const { participant, result } of history.toReversed()) {
    const { sessionId, seq } = result?.metadata ?? {};
    if (participant === PARTICIPANT && typeof sessionId === 'string' && typeof seq === 'number') {
      return { sessionId, seq };
    }
  }
  return null;
}

/** Which session a chat speaks to: its own, a new one, or a fork when the user has gone back in the chat. */
export class Threads {
  readonly #ends = new Map<string, number>();

  constructor(private readonly server: Pick<Server, 'request'>) {}

  async sessionOf(thread: Thread | null): Promise<string> {
    if (thread === null || thread.seq === 0) {
      return thread?.sessionId ?? (await this.server.request(Methods.createSession, {})).sessionId;
    }
    const { sessionId, seq } = thread;
    // A later answer is not in the chat any more: the prompt after it was changed or sent again.
    return seq < (this.#ends.get(sessionId) ?? seq)
      ? (await this.server.request(Methods.forkSession, { sessionId, atSeq: seq })).sessionId
      : sessionId;
  }

  ended({ sessionId, seq }: Thread): void {
    this.#ends.set(sessionId, Math.max(seq, this.#ends.get(sessionId) ?? 0));
  }
}
