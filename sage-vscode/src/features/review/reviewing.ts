import { codeOf } from '../../infrastructure/errors';
import {
  ErrorCodes,
  type LeftFile,
  Methods,
  type PendingHunk,
  type RestorableFile,
  type RestoreResult,
} from '../../protocol/generated';
import type { Server } from '../../server/requests';
import type { PendingFiles } from './pendingFiles';

/** What only the user can say, and what only they need to know. */
export interface ReviewQuestions {
  /** So many places that are to be taken back hold lines of the user's own. */
  mayOverwrite(places: number, verb: 'undo' | 'redo'): Promise<boolean>;
  /** What was not taken back although it was meant, and why. */
  tell(left: readonly LeftFile[]): void;
}

/** What is meant: a turn, a file, or everything. */
export interface ReviewTarget {
  readonly path?: string;
  readonly turnId?: string;
}

/** Keeps and takes back, asking before a line of the user's own would be lost. */
export class Reviewing {
  constructor(
    private readonly server: Server,
    private readonly pending: PendingFiles,
    private readonly questions: ReviewQuestions,
  ) {}

  async keep(target: ReviewTarget): Promise<void> {
    await this.#quietly(async (sessionId) => {
      await this.server.request(Methods.keepHunks, { sessionId, ...target });
    });
  }

  async undo(target: ReviewTarget): Promise<void> {
    await this.#quietly((sessionId) =>
      this.#takeBack('undo', (overwrite) =>
        this.server.request(Methods.undoHunks, { sessionId, ...target, ...overwrite }),
      ),
    );
  }

  async keepHunks(path: string, hunks: readonly PendingHunk[]): Promise<void> {
    await this.#each(path, hunks, async (sessionId, { id: hunkId }) => {
      await this.server.request(Methods.keepHunks, { sessionId, path, hunkId });
    });
  }

  /** `reason` is told to the model. */
  async undoHunks(path: string, hunks: readonly PendingHunk[], reason?: string): Promise<void> {
    const why = reason === undefined ? {} : { reason };
    await this.#each(path, hunks, async (sessionId, { id: hunkId, edited }) => {
      const send = (overwrite: Overwrite) =>
        this.server.request(Methods.undoHunks, { sessionId, path, hunkId, ...why, ...overwrite });
      if (edited !== true) {
        await this.#takeBack('undo', send);
      } else if (await this.questions.mayOverwrite(1, 'undo')) {
        this.#tell((await send({ overwrite: true })).left);
      }
    });
  }

  /** What going back to before a turn would do; null without a session. */
  async preview(turnId: string): Promise<readonly RestorableFile[] | null> {
    const { sessionId } = this.pending;
    return sessionId === null ? null : (await this.server.request(Methods.previewRestore, { sessionId, turnId })).files;
  }

  /** Goes back to before a turn. The preview has told which places stay. */
  async restore(turnId: string, overwrite: boolean): Promise<void> {
    const { sessionId } = this.pending;
    if (sessionId !== null) {
      this.#tell((await this.server.request(Methods.restore, { sessionId, turnId, overwrite })).left);
    }
  }

  /** Takes back an undo or a restore: the last one when none is named. Answers false when there is none. */
  async redo(restoreId?: string): Promise<boolean> {
    const { sessionId } = this.pending;
    if (sessionId === null) {
      return false;
    }
    // Named, because after a redo that left something the last one is another one.
    const id = restoreId ?? (await this.server.request(Methods.listCheckpoints, { sessionId })).redoable;
    if (id === undefined) {
      return false;
    }
    await this.#takeBack('redo', (overwrite) =>
      this.server.request(Methods.redoRestore, { sessionId, restoreId: id, ...overwrite }),
    );
    return true;
  }

  /** From the last to the first: what is done to one leaves the names of those above it as they are. */
  async #each(
    path: string,
    hunks: readonly PendingHunk[],
    run: (sessionId: string, hunk: PendingHunk) => Promise<void>,
  ): Promise<void> {
    for (const hunk of [...hunks].sort((a, b) => b.newStart - a.newStart)) {
      const now = await this.pending.now(path, hunk);
      if (now !== undefined) {
        await this.#quietly((sessionId) => run(sessionId, now));
      }
    }
  }

  async #takeBack(verb: 'undo' | 'redo', send: (overwrite: Overwrite) => Promise<RestoreResult>): Promise<void> {
    const { left } = await send({});
    const places = left.reduce((sum, { conflicts }) => sum + conflicts, 0);
    const others = left.filter(({ conflicts }) => conflicts === 0);
    const goesOn = places > 0 && (await this.questions.mayOverwrite(places, verb));
    this.#tell(goesOn ? (await send({ overwrite: true })).left : others);
  }

  #tell(left: readonly LeftFile[]): void {
    const others = left.filter(({ conflicts }) => conflicts === 0);
    if (others.length > 0) {
      this.questions.tell(others);
    }
  }

  /** What was changed or reviewed in this moment is not worth a word: the list shows how it is. */
  async #quietly(run: (sessionId: string) => Promise<void>): Promise<void> {
    const { sessionId } = this.pending;
    if (sessionId === null) {
      return;
    }
    try {
      await run(sessionId);
    } catch (error) {
      if (codeOf(error) !== ErrorCodes.staleHunk) {
        throw error;
      }
      await this.pending.refresh();
    }
  }
}

type Overwrite = { readonly overwrite?: true };
