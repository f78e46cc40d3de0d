import { Methods } from '../../protocol/generated';
import type { Server } from '../../server/requests';

export const PARTICIPANT = 'sage.agent';

/** Where a chat of the editor stands in a session. Kept with its answers, as JSON. */
export interface Thread {
  readonly sessionId: string;
  /** The last event of the answer; 0 when that is not known. */
  readonly seq: number;
}

interface HistoryTurn {
  readonly participant: string;
  readonly result?: { readonly metadata?: { readonly [key: string]: unknown } };
}

/** Where a chat goes on: where its last answer of Sage has ended. */
export function lastThread(history: readonly HistoryTurn[]): Thread | null {
  let isLast = true;
  for (const { participant, result } of history.toReversed()) {
    const { sessionId, seq } = result?.metadata ?? {};
    if (participant === PARTICIPANT && typeof sessionId === 'string' && typeof seq === 'number') {
      // Behind it was an answer that was stopped: the editor keeps nothing of how such a one has ended.
      return { sessionId, seq: isLast ? seq : 0 };
    }
    isLast &&= participant !== PARTICIPANT;
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
  /** Sessions by the words that their chats began with, for a chat whose first answer was stopped. */
  readonly #begun = new Map<string, string>();

  constructor(
    private readonly server: Pick<Server, 'request'>,
    private readonly memory: ThreadMemory,
  ) {}

  /** `opening` are the first words of the chat; null when they are said now. */
  async sessionOf(thread: Thread | null, opening: string | null = null): Promise<string> {
    if (thread === null) {
      const begun = opening === null ? undefined : this.#begun.get(opening);
      return begun ?? (await this.server.request(Methods.createSession, {})).sessionId;
    }
    const { sessionId, seq } = thread;
    // A later answer is not in the chat any more: the prompt after it was changed or sent again.
    return seq > 0 && seq < (this.memory.get()[sessionId] ?? seq)
      ? (await this.server.request(Methods.forkSession, { sessionId, atSeq: seq })).sessionId
      : sessionId;
  }

  begun(words: string, sessionId: string): void {
    this.#begun.set(words, sessionId);
    const [oldest] = this.#begun.keys();
    if (this.#begun.size > MOST_SESSIONS && oldest !== undefined) {
      this.#begun.delete(oldest);
    }
  }

  ended({ sessionId, seq }: Thread): void {
    const { [sessionId]: before = 0, ...others } = this.memory.get();
    const ends = [...Object.entries(others), [sessionId, Math.max(seq, before)] as const];
    this.memory.set(Object.fromEntries(ends.slice(-MOST_SESSIONS)));
  }
}
