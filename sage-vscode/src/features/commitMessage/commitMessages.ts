import * as vscode from 'vscode';
import { messageOf } from '../../infrastructure/errors';
import { findRepository, type GitRepository, readChangesOf, readStaged } from '../../infrastructure/git';
import { uriOf } from '../../infrastructure/paths';
import { Methods } from '../../protocol/generated';
import type { Server } from '../../server/requests';

const WRITING = 'sage.writingCommitMessage';

/** Commits whose messages show how the project writes them. */
const RECENT = 10;

/** More than any model reads: the rest of a huge diff need not cross the wire. */
const MOST_CHARACTERS = 2_000_000;

/** Drafts the message of a commit into the box of the source control; the user commits. */
export class CommitMessages {
  #writing: AbortController | null = null;

  constructor(
    context: vscode.ExtensionContext,
    private readonly server: Pick<Server, 'request'>,
    /** The files that Sage changed and nobody has reviewed. */
    private readonly changedFiles: () => readonly { readonly path: string }[],
  ) {
    const register = vscode.commands.registerCommand;
    context.subscriptions.push(
      register('sage.generateCommitMessage', (control?: { readonly rootUri?: vscode.Uri }) =>
        this.#draft(control?.rootUri, readStaged),
      ),
      register('sage.stopCommitMessage', () => this.#writing?.abort()),
      register('sage.review.commit', () => this.#commitReviewed()),
    );
  }

  /** The message for what Sage changed, in sight; staging and committing stay the user's. */
  async #commitReviewed(): Promise<void> {
    const files = this.changedFiles().map(({ path }) => uriOf(path));
    await vscode.commands.executeCommand('workbench.view.scm');
    await this.#draft(files[0], (repository) =>
      files.length === 0 ? readStaged(repository) : readChangesOf(repository, files),
    );
  }

  async #draft(place: vscode.Uri | undefined, read: (repository: GitRepository) => Promise<string>): Promise<void> {
    if (this.#writing !== null) {
      return;
    }
    const writing = new AbortController();
    this.#become(writing);
    try {
      const repository = await findRepository(place);
      if (repository === null) {
        throw new Error(vscode.l10n.t('There is no git repository in this workspace.'));
      }
      await vscode.window.withProgress({ location: vscode.ProgressLocation.SourceControl }, () =>
        this.#write(repository, read, writing.signal),
      );
    } catch (error) {
      if (!writing.signal.aborted) {
        void vscode.window.showErrorMessage(vscode.l10n.t('Sage could not write the message: {0}', messageOf(error)));
      }
    } finally {
      this.#become(null);
    }
  }

  async #write(
    repository: GitRepository,
    read: (repository: GitRepository) => Promise<string>,
    signal: AbortSignal,
  ): Promise<void> {
    const changes = (await read(repository)).slice(0, MOST_CHARACTERS);
    if (changes.trim() === '') {
      throw new Error(vscode.l10n.t('there is nothing to commit.'));
    }
    const start = repository.inputBox.value;
    const recent = await recentMessages(repository);
    signal.throwIfAborted();
    const { text, error } = await this.server.request(Methods.writeCommitMessage, { changes, recent, start }, signal);
    if (error !== undefined) {
      throw new Error(error.message);
    }
    // Whoever has gone on writing meanwhile wants their own words.
    if (!signal.aborted && repository.inputBox.value === start) {
      repository.inputBox.value = text;
    }
  }

  #become(writing: AbortController | null): void {
    this.#writing = writing;
    void vscode.commands.executeCommand('setContext', WRITING, writing !== null);
  }
}

/** None in a repository without a commit, where git answers with an error. */
async function recentMessages(repository: GitRepository): Promise<readonly string[]> {
  try {
    return (await repository.log({ maxEntries: RECENT })).map(({ message }) => message);
  } catch {
    return [];
  }
}
