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

/** Keeps, per workspace, where the sessions of chats have ended. */
export interface ThreadMemory {
  get(): Readonly<Record<string, number>>;
  set(ends: Readonly<Record<string, number>>): void;
}

/** Of more sessions the oldest are forgotten. */
const MOST_SESSIONS = 100;

/** Which session a chat speaks to: its own, a new one, or a fork when the user has gone back in the chat. */
export class Threads {
  constructor(
    private readonly server: Pick<Server, 'request'>,
    private readonly memory: ThreadMemory,
  ) {}

  async sessionOf(thread: Thread | null): Promise<string> {
    if (thread === null) {
      return (await this.server.request(Methods.createSession, {})).sessionId;
    }
    const { sessionId, seq } = thread;
    // A later answer is not in the chat any more: the prompt after it was changed or sent again.
    return seq > 0 && seq < (this.memory.get()[sessionId] ?? seq)
      ? (await this.server.request(Methods.forkSession, { sessionId, atSeq: seq })).sessionId
      : sessionId;
  }

  ended({ sessionId, seq }: Thread): void {
    const { [sessionId]: before = 0, ...others } = this.memory.get();
    const ends = [...Object.entries(others), [sessionId, Math.max(seq, before)] as const];
    this.memory.set(Object.fromEntries(ends.slice(-MOST_SESSIONS)));
  }
}
