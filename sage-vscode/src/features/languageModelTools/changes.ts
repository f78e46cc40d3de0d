import * as vscode from 'vscode';
import { Methods, type PendingFile } from '../../protocol/generated';
import type { Server } from '../../server/requests';
import { bounded, fenced, type Preparation, type Tool, textOf } from './tool';

export interface ChangesParts {
  readonly server: Pick<Server, 'request'>;
  /** The session that the panel shows; null for none. */
  readonly current: () => string | null;
}

const NO_SESSION = 'No session of Sage is open: name one with sessionId.';

/** What Sage has changed in a session and the user has neither kept nor undone. */
export class PendingChanges implements Tool {
  constructor(private readonly parts: ChangesParts) {}

  async prepare(): Promise<Preparation> {
    return { doing: vscode.l10n.t('Looks at what Sage has changed') };
  }

  async run(input: unknown): Promise<string> {
    const sessionId = textOf(input, 'sessionId') ?? this.parts.current();
    if (sessionId === null) {
      return NO_SESSION;
    }
    const { files } = await this.parts.server.request(Methods.listHunks, { sessionId });
    return bounded(
      files.length === 0
        ? `Session ${sessionId} has no changes to review.`
        : `Changes to review in session ${sessionId}:\n${files.map(line).join('\n')}`,
    );
  }
}

/** Takes back what Sage has changed in a session; what the user has changed since stays. */
export class UndoChanges implements Tool {
  constructor(private readonly parts: ChangesParts) {}

  async prepare(input: unknown): Promise<Preparation> {
    const names = (await this.#meant(input)).map(line).join('\n');
    const about = vscode.l10n.t('What you have changed in these files yourself stays. Sage can redo it.');
    return {
      doing: vscode.l10n.t('Undoes changes of Sage'),
      confirm: {
        title: vscode.l10n.t('Undo what Sage has changed?'),
        markdown: `${about}\n\n${fenced(names === '' ? vscode.l10n.t('There is nothing to review.') : names)}`,
      },
    };
  }

  async run(input: unknown, signal: AbortSignal): Promise<string> {
    const target = this.#target(input);
    if (target === null) {
      return NO_SESSION;
    }
    const { files, left } = await this.parts.server.request(Methods.undoHunks, target, signal);
    return bounded(
      [
        files.length === 0 ? 'Nothing was undone.' : `Undone in: ${files.join(', ')}`,
        ...left.map(({ path, reason }) => `Left as it is: ${path}: ${reason}`),
      ].join('\n'),
    );
  }

  async #meant(input: unknown): Promise<readonly PendingFile[]> {
    const target = this.#target(input);
    if (target === null) {
      return [];
    }
    const { files } = await this.parts.server.request(Methods.listHunks, { sessionId: target.sessionId });
    return files.filter(({ path }) => target.path === undefined || target.path === path);
  }

  #target(input: unknown): { readonly sessionId: string; readonly path?: string } | null {
    const sessionId = textOf(input, 'sessionId') ?? this.parts.current();
    const path = textOf(input, 'path');
    return sessionId === null ? null : { sessionId, ...(path !== undefined && { path }) };
  }
}

function line({ path, kind, added, removed, problem }: PendingFile): string {
  return `${path} (${kind}, +${added} −${removed})${problem === undefined ? '' : `: ${problem}`}`;
}
