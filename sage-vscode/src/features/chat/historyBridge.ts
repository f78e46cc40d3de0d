import * as vscode from 'vscode';
import { messageOf } from '../../infrastructure/errors';
import type { FromWebview, HistoryQuery } from '../../protocol/bridge';
import type { PendingRequests } from './pendingRequests';
import type { ChatHistory, ChatSessions, Post } from './ports';

export type HistoryMessage = Extract<
  FromWebview,
  {
    type:
      | 'listHistory'
      | 'renameSession'
      | 'deleteSession'
      | 'restoreSession'
      | 'forkSession'
      | 'exportSession'
      | 'importSession';
  }
>;

export interface HistoryParts {
  readonly history: ChatHistory;
  readonly sessions: Pick<ChatSessions, 'fork' | 'runningChanged'>;
  readonly requests: PendingRequests;
}

/** What the history view asks for, and what it is told. */
export class HistoryBridge {
  #wasAsked = false;

  constructor(
    private readonly parts: HistoryParts,
    private readonly tell: Post,
  ) {
    const changed = () => this.#wasAsked && tell({ type: 'historyChanged' });
    parts.sessions.runningChanged.subscribe(changed);
    parts.requests.asked.subscribe(changed);
    parts.requests.closed.subscribe(changed);
  }

  async receive(message: HistoryMessage): Promise<void> {
    const { history, sessions } = this.parts;
    switch (message.type) {
      case 'listHistory':
        return this.#list(message);
      case 'renameSession':
        await history.rename(message.sessionId, message.title);
        return this.tell({ type: 'historyChanged' });
      case 'deleteSession': {
        const { sessionId, title } = message;
        await history.delete(sessionId);
        return this.tell({ type: 'historyChanged', deleted: { sessionId, title } });
      }
      case 'restoreSession':
        await history.restore(message.sessionId);
        return this.tell({ type: 'historyChanged' });
      case 'forkSession': {
        const title = await sessions.fork(message.sessionId, message.atSeq);
        const text = vscode.l10n.t('This is a new session: “{0}”. The other one stays as it is.', title);
        return this.tell({ type: 'told', text });
      }
      case 'exportSession': {
        const file = await history.export(message.sessionId, message.format);
        return file === null ? undefined : this.tell({ type: 'told', text: vscode.l10n.t('Exported to {0}.', file) });
      }
      default:
        if (await history.import()) {
          this.tell({ type: 'focusComposer' });
        }
    }
  }

  /** A failed search is told where it was asked for; one that nobody waits for any more, nowhere. */
  async #list({ id, words, scope, limit }: HistoryQuery): Promise<void> {
    this.#wasAsked = true;
    try {
      const { sessions, hasMore } = await this.parts.history.list({ id, words, scope, limit });
      const waiting = new Set(this.parts.requests.all.map(({ params }) => params.sessionId));
      const marked = sessions.map((session) =>
        waiting.has(session.sessionId) ? { ...session, state: 'waiting' as const } : session,
      );
      this.tell({ type: 'history', id, page: { sessions: marked, hasMore } });
    } catch (error) {
      this.tell({ type: 'historyFailed', id, message: messageOf(error) });
    }
  }
}
