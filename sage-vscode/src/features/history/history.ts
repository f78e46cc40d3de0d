import { codeOf } from '../../infrastructure/errors';
import type { HistoryPage, HistoryQuery, SessionEntry } from '../../protocol/bridge';
import { ErrorCodes, type ExportFormat, Methods, type SessionSummary } from '../../protocol/generated';
import type { Server } from '../../server/requests';

/** The session that is open. */
export interface OpenSession {
  readonly current: string | null;
  open(sessionId: string): Promise<void>;
  startNew(): void;
}

/** Asks the user for files. */
export interface SessionFiles {
  /** Where it was written; null when the user named no file. */
  save(fileName: string, text: string): Promise<string | null>;
  read(): Promise<string | null>;
}

/** All sessions of the folder, and of folders that are gone: found, renamed, deleted and carried to files. */
export class History {
  #listing: AbortController | null = null;

  constructor(
    private readonly server: Server,
    private readonly sessions: OpenSession,
    private readonly files: SessionFiles,
  ) {}

  /** Whoever asks again does not wait for the answer before: the server need not go on looking for it. */
  async list(query: HistoryQuery): Promise<HistoryPage> {
    this.#listing?.abort();
    const listing = new AbortController();
    this.#listing = listing;
    try {
      const found = await this.#find(query, listing.signal);
      // Sessions that nobody has used have no title.
      const named = found.filter(({ title }) => title !== '');
      return { sessions: named.slice(0, query.limit), hasMore: found.length > query.limit };
    } catch (error) {
      // Without a folder there are none.
      if (codeOf(error) === ErrorCodes.noWorkspace) {
        return { sessions: [], hasMore: false };
      }
      throw error;
    } finally {
      if (this.#listing === listing) {
        this.#listing = null;
      }
    }
  }

  async rename(sessionId: string, title: string): Promise<void> {
    await this.server.request(Methods.renameSession, { sessionId, title });
  }

  /** To the trash. One that is open makes place for a new one. */
  async delete(sessionId: string): Promise<void> {
    await this.server.request(Methods.deleteSession, { sessionId });
    if (this.sessions.current === sessionId) {
      this.sessions.startNew();
    }
  }

  async restore(sessionId: string): Promise<void> {
    await this.server.request(Methods.restoreSession, { sessionId });
  }

  async export(sessionId: string, format: ExportFormat): Promise<string | null> {
    const { fileName, text } = await this.server.request(Methods.exportSession, { sessionId, format });
    return this.files.save(fileName, text);
  }

  async import(): Promise<boolean> {
    const text = await this.files.read();
    if (text === null) {
      return false;
    }
    const { sessionId } = await this.server.request(Methods.importSession, { text });
    await this.sessions.open(sessionId);
    return true;
  }

  /** One more than is wanted tells that there are more. */
  async #find({ words, scope, limit }: HistoryQuery, signal: AbortSignal): Promise<readonly SessionEntry[]> {
    const query = words.trim();
    const page = { limit: limit + 1, ...(query !== '' && { query }) };
    if (scope === 'deleted') {
      return this.#list({ ...page, deleted: true }, signal);
    }
    if (query === '') {
      return this.#list({ ...page, everywhere: scope === 'everywhere' }, signal);
    }
    const [matches, titled] = await Promise.all([
      this.server.request(Methods.searchSessions, { query, limit: limit + 1 }, signal),
      scope === 'everywhere' ? this.#list({ ...page, everywhere: true }, signal) : [],
    ]);
    // What was said in folders that are gone is not searched; their titles are.
    const elsewhere = titled.filter(({ workspace }) => workspace !== undefined);
    return [...matches.matches.map(({ seq: _, ...match }) => match), ...elsewhere].sort((a, b) =>
      b.updatedAt.localeCompare(a.updatedAt),
    );
  }

  async #list(params: ListParams, signal: AbortSignal): Promise<readonly SessionEntry[]> {
    return (await this.server.request(Methods.listSessions, params, signal)).sessions.map(entryOf);
  }
}

interface ListParams {
  readonly limit: number;
  readonly query?: string;
  readonly everywhere?: boolean;
  readonly deleted?: boolean;
}

function entryOf({ running, forkedFrom, changedFiles, workspace, ...session }: SessionSummary): SessionEntry {
  return {
    ...session,
    ...(running === true && { state: 'running' }),
    ...(forkedFrom !== undefined && { isFork: true }),
    ...(changedFiles !== undefined && { changedFiles }),
    ...(workspace !== undefined && { workspace }),
  };
}
