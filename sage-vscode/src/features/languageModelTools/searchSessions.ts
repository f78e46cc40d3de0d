import * as vscode from 'vscode';
import { Methods } from '../../protocol/generated';
import type { Server } from '../../server/requests';
import { bounded, type Preparation, type Tool, textOf } from './tool';

const MOST_MATCHES = 20;

/** Finds words in the titles, prompts and replies of this workspace's sessions. */
export class SearchSessions implements Tool {
  constructor(private readonly server: Pick<Server, 'request'>) {}

  async prepare(input: unknown): Promise<Preparation> {
    return { doing: vscode.l10n.t('Searches the sessions of Sage for “{0}”', textOf(input, 'query') ?? '') };
  }

  async run(input: unknown, signal: AbortSignal): Promise<string> {
    const query = textOf(input, 'query');
    if (query === undefined) {
      throw new Error('The argument query is missing: say which words to look for.');
    }
    const { matches } = await this.server.request(Methods.searchSessions, { query, limit: MOST_MATCHES }, signal);
    if (matches.length === 0) {
      return `No session of this workspace has all of these words: ${query}`;
    }
    const found = matches.map(
      ({ sessionId, title, snippet, updatedAt }) => `- ${title} (session ${sessionId}, ${updatedAt})\n  ${snippet}`,
    );
    return bounded(found.join('\n'));
  }
}
