import { codeOf } from '../../infrastructure/errors';
import { type Release, Signal } from '../../infrastructure/signal';
import { ErrorCodes, type EventEnvelope, Methods, type PendingFile, type PendingHunk } from '../../protocol/generated';
import type { Server } from '../../server/requests';
import { afterEdit, type LineEdit, sameHunk } from './hunkPlaces';

/** The session that is shown; who provides it is decided in extension.ts. */
export interface ReviewSessions {
  readonly current: string | null;
  readonly opened: {
    subscribe(
      listener: (session: { readonly sessionId: string; readonly events: readonly EventEnvelope[] }) => void,
    ): Release;
  };
}

/** Remembers, per workspace, which session had something to review, so that it is there again before the chat is. */
export interface ReviewMemory {
  get(): string | null;
  set(sessionId: string | null): void;
}

/** How long a document is left alone before the server is asked what a keystroke has changed. */
export const SETTLE_MS = 150;

const telling: ReadonlySet<string> = new Set(['fileChanged', 'hunksKept', 'filesRestored']);

/** What is to be reviewed in the session that is shown, asked for again whenever it may have changed. */
export class PendingFiles {
  readonly changed = new Signal<readonly PendingFile[]>();
  readonly #prompts = new Map<string, string>();
  #sessionId: string | null = null;
  #files: readonly PendingFile[] = [];
  #asking: Promise<void> | null = null;
  #askAgain = false;
  /** Counts the wishes to ask: the last one within a moment is the one that asks. */
  #wish = 0;
  #isDue = false;

  constructor(
    private readonly server: Server,
    sessions: ReviewSessions,
    private readonly memory: ReviewMemory,
    private readonly later: (run: () => void, ms: number) => void,
  ) {
    sessions.opened.subscribe(({ sessionId, events }) => {
      this.#become(sessionId === '' ? null : sessionId);
      if (events.some(({ event }) => telling.has(event.type))) {
        void this.refresh();
      }
    });
    server.events.subscribe(({ sessionId, event }) => {
      if (sessionId === this.#sessionId && telling.has(event.type)) {
        void this.refresh();
      }
    });
    if (sessions.current !== null && sessions.current === memory.get()) {
      this.#become(sessions.current);
      void this.refresh();
    }
  }

  get sessionId(): string | null {
    return this.#sessionId;
  }

  get files(): readonly PendingFile[] {
    return this.#files;
  }

  find(path: string): PendingFile | undefined {
    return this.#files.find((file) => file.path === path);
  }

  /** The start of the words that a turn was asked with. */
  promptOf(turnId: string): string | undefined {
    return this.#prompts.get(turnId);
  }

  /** A document has changed: its hunks move at once, and the server is asked when the document has come to rest. */
  edited(path: string, edits: readonly LineEdit[]): void {
    if (this.find(path) === undefined) {
      return;
    }
    this.#files = this.#files.map((file) =>
      file.path === path ? { ...file, hunks: edits.reduce(afterEdit, file.hunks) } : file,
    );
    this.#isDue = true;
    const wish = ++this.#wish;
    this.later(() => wish === this.#wish && this.#isDue && void this.refresh(), SETTLE_MS);
  }

  /** What was changed behind the editor's back is not told: asks when somebody looks again. */
  lookAgain(): void {
    if (this.#files.length > 0) {
      void this.refresh();
    }
  }

  /** What a hunk of an earlier list is now, once everything that was typed is taken in; undefined when it is gone. */
  async now(path: string, hunk: PendingHunk): Promise<PendingHunk | undefined> {
    await this.settle();
    return sameHunk(hunk, this.find(path)?.hunks ?? []);
  }

  /** Asks now for what would be asked for in a moment. */
  async settle(): Promise<void> {
    if (this.#isDue) {
      await this.refresh();
    } else {
      await this.#asking;
    }
  }

  /** Settles when a list that was asked for after this call is there. */
  refresh(): Promise<void> {
    this.#isDue = false;
    if (this.#asking === null) {
      this.#asking = this.#ask().finally(() => {
        this.#asking = null;
      });
    } else {
      this.#askAgain = true;
    }
    return this.#asking;
  }

  async #ask(): Promise<void> {
    do {
      this.#askAgain = false;
      const sessionId = this.#sessionId;
      if (sessionId === null) {
        return;
      }
      try {
        const { files } = await this.server.request(Methods.listHunks, { sessionId });
        await this.#learnPrompts(sessionId, files);
        this.#take(sessionId, files);
      } catch (error) {
        // A server that is away is started again, and its session opened anew: that asks again.
        if (codeOf(error) === ErrorCodes.unknownSession) {
          this.#take(sessionId, []);
        }
      }
    } while (this.#askAgain);
  }

  async #learnPrompts(sessionId: string, files: readonly PendingFile[]): Promise<void> {
    if (files.some(({ hunks }) => hunks.some(({ turnId }) => !this.#prompts.has(turnId)))) {
      const { checkpoints } = await this.server.request(Methods.listCheckpoints, { sessionId });
      for (const { turnId, prompt } of checkpoints) {
        this.#prompts.set(turnId, prompt);
      }
    }
  }

  #take(sessionId: string, files: readonly PendingFile[]): void {
    // A list that is out of date already would move hunks back to where they were.
    if (sessionId === this.#sessionId && !this.#isDue) {
      this.#files = files;
      const remembered = files.length > 0 ? sessionId : null;
      if (remembered !== this.memory.get()) {
        this.memory.set(remembered);
      }
      this.changed.emit(files);
    }
  }

  #become(sessionId: string | null): void {
    if (sessionId !== this.#sessionId) {
      this.#sessionId = sessionId;
      this.#prompts.clear();
      this.#files = [];
      this.changed.emit([]);
    }
  }
}
