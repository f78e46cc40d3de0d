import * as vscode from 'vscode';
import { messageOf } from '../../infrastructure/errors';
import { protocolPath } from '../../infrastructure/paths';
import type { LeftFile, PendingHunk, RestorableFile } from '../../protocol/generated';
import type { Server } from '../../server/requests';
import { ChangeViews } from './changeViews';
import { HunkHovers } from './hunkHovers';
import { HunkLenses } from './hunkLenses';
import { hunkAt, hunksWithin, neighbour } from './hunkPlaces';
import { Originals } from './originals';
import { PendingFiles, type ReviewSessions } from './pendingFiles';
import { PendingScm } from './pendingScm';
import { ReviewContext } from './reviewContext';
import { Reviewing } from './reviewing';

const PENDING = 'sage.reviewedSession';

/** What the peek view of a changed place hands to a command; lines are 1-based, and 0 at the end means “none”. */
interface PeekedChange {
  readonly modifiedStartLineNumber: number;
  readonly modifiedEndLineNumber: number;
}

/** Reviewing what Sage changed: in the gutter, above each hunk, among the source controls, and by commands. */
export class Review {
  readonly pending: PendingFiles;
  readonly #reviewing: Reviewing;
  readonly #views: ChangeViews;

  constructor(
    context: vscode.ExtensionContext,
    server: Server,
    sessions: ReviewSessions,
    private readonly showInChat: (hunk: PendingHunk) => Promise<void>,
  ) {
    const memory = context.workspaceState;
    this.pending = new PendingFiles(
      server,
      sessions,
      { get: () => memory.get<string>(PENDING) ?? null, set: (id) => void memory.update(PENDING, id ?? undefined) },
      (run, ms) => void setTimeout(run, ms),
    );
    this.#reviewing = new Reviewing(server, this.pending, { mayOverwrite, tell: tellLeft });
    const originals = new Originals(server, this.pending);
    this.#views = new ChangeViews(originals);
    const lenses = new HunkLenses(this.pending);
    const scm = new PendingScm(this.pending, originals);
    const keys = new ReviewContext(this.pending);
    this.pending.changed.subscribe(() => {
      scm.refresh();
      originals.refresh();
      lenses.refresh();
      keys.refresh();
    });
    context.subscriptions.push(
      originals.register(),
      lenses.register(),
      new HunkHovers(this.pending).register(),
      keys.register(),
      scm,
      vscode.workspace.onDidChangeTextDocument((change) => this.#edited(change)),
      vscode.window.onDidChangeWindowState(({ focused }) => focused && this.pending.lookAgain()),
      ...this.#registerCommands(),
    );
  }

  keep(path: string | undefined): Promise<void> {
    return this.#reviewing.keep(path === undefined ? {} : { path });
  }

  undo(path: string | undefined): Promise<void> {
    return this.#reviewing.undo(path === undefined ? {} : { path });
  }

  /** The diff of one file, or of all. */
  async open(path: string | undefined): Promise<void> {
    const file = path === undefined ? undefined : this.pending.find(path);
    if (file !== undefined) {
      await this.#views.openFile(file);
    } else if (path === undefined && this.pending.files.length > 0) {
      await this.#views.openAll(this.pending.files);
    }
  }

  /** The message of a commit for all that is to be reviewed, drafted where the user commits. */
  async commit(): Promise<void> {
    await vscode.commands.executeCommand('sage.review.commit');
  }

  /** The diff of all that is to be reviewed in a session that may have been opened a moment ago. */
  async openAnew(): Promise<void> {
    await this.pending.refresh();
    if (this.pending.files.length === 0) {
      void vscode.window.showInformationMessage(vscode.l10n.t('There is nothing to review.'));
    }
    await this.open(undefined);
  }

  /** The diff of everything since before a turn. */
  async openSince(turnId: string): Promise<void> {
    await this.#views.openSince(turnId, (await this.#reviewing.preview(turnId)) ?? []);
  }

  preview(turnId: string): Promise<readonly RestorableFile[] | null> {
    return this.#reviewing.preview(turnId);
  }

  restore(turnId: string, overwrite: boolean): Promise<void> {
    return this.#reviewing.restore(turnId, overwrite);
  }

  async redo(restoreId?: string): Promise<void> {
    if (!(await this.#reviewing.redo(restoreId))) {
      void vscode.window.showInformationMessage(vscode.l10n.t('There is nothing to redo.'));
    }
  }

  #registerCommands(): vscode.Disposable[] {
    const { registerCommand: add } = vscode.commands;
    const register = (id: string, run: (...args: unknown[]) => Promise<void>) =>
      add(id, (...args: unknown[]) =>
        run(...args).catch((error) => void vscode.window.showErrorMessage(messageOf(error))),
      );
    return [
      register('sage.review.keepHunk', (...args) =>
        this.#withHunks(args, (path, hunks) => this.#reviewing.keepHunks(path, hunks)),
      ),
      register('sage.review.undoHunk', (...args) =>
        this.#withHunks(args, (path, hunks) => this.#reviewing.undoHunks(path, hunks)),
      ),
      register('sage.review.undoHunkWithReason', (...args) =>
        this.#withHunks(args, (path, hunks) => this.#undoWithReason(path, hunks)),
      ),
      register('sage.review.nextHunk', () => this.#goTo('next')),
      register('sage.review.previousHunk', () => this.#goTo('previous')),
      register('sage.review.keepFile', (...args) => this.#eachFile(args, (path) => this.keep(path))),
      register('sage.review.undoFile', (...args) => this.#eachFile(args, (path) => this.undo(path))),
      register('sage.review.openChanges', (...args) => this.#eachFile(args, (path) => this.open(path))),
      register('sage.review.keepAll', () => this.keep(undefined)),
      register('sage.review.undoAll', () => this.undo(undefined)),
      register('sage.review.openAllChanges', () => this.open(undefined)),
      register('sage.review.redo', () => this.redo()),
      register('sage.review.showInChat', async (hunk) => {
        if (isHunk(hunk)) {
          await this.showInChat(hunk);
        }
      }),
    ];
  }

  /** The hunks meant: named by a code lens, by a place in the peek view, or by the cursor. */
  async #withHunks(
    [first, second, third]: readonly unknown[],
    run: (path: string, hunks: readonly PendingHunk[]) => Promise<void>,
  ): Promise<void> {
    if (typeof first === 'string' && isHunk(second)) {
      return run(first, [second]);
    }
    // What was typed a moment ago has moved what stands at a line.
    await this.pending.settle();
    if (first instanceof vscode.Uri && Array.isArray(second) && typeof third === 'number') {
      const { modifiedStartLineNumber: from, modifiedEndLineNumber: to } = second[third] as PeekedChange;
      const path = protocolPath(first);
      // A place where lines only went away is named by the line above it.
      const span = to === 0 ? { start: from, end: from } : { start: from - 1, end: to - 1 };
      return run(path, hunksWithin(this.pending.find(path), span));
    }
    const editor = vscode.window.activeTextEditor;
    const path = editor && protocolPath(editor.document.uri);
    const hunk =
      editor && path && hunkAt(this.pending.find(path), editor.selection.active.line, editor.document.lineCount);
    if (path !== undefined && hunk) {
      return run(path, [hunk]);
    }
    void vscode.window.setStatusBarMessage(vscode.l10n.t('There is no change by Sage at the cursor.'), 5000);
  }

  async #undoWithReason(path: string, hunks: readonly PendingHunk[]): Promise<void> {
    const reason = await vscode.window.showInputBox({
      title: vscode.l10n.t('Undo this change'),
      prompt: vscode.l10n.t('Sage tells the model, with the next request.'),
      placeHolder: vscode.l10n.t('Why it is not what you want'),
    });
    if (reason !== undefined) {
      await this.#reviewing.undoHunks(path, hunks, reason.trim() === '' ? undefined : reason.trim());
    }
  }

  /** The files meant: named by a row of the source control, by a path, or the one that is open. */
  async #eachFile(args: readonly unknown[], run: (path: string) => Promise<void>): Promise<void> {
    const named = args.flatMap((arg) => {
      const resource = typeof arg === 'object' && arg !== null && 'resourceUri' in arg ? arg.resourceUri : arg;
      return typeof resource === 'string' ? [resource] : resource instanceof vscode.Uri ? [protocolPath(resource)] : [];
    });
    const open = vscode.window.activeTextEditor?.document.uri;
    const paths = named.length === 0 && open !== undefined ? [protocolPath(open)] : named;
    for (const path of new Set(paths)) {
      await run(path);
    }
  }

  async #goTo(direction: 'next' | 'previous'): Promise<void> {
    await this.pending.settle();
    const editor = vscode.window.activeTextEditor;
    const isFile = editor?.document.uri.scheme === 'file';
    const from = isFile ? { path: protocolPath(editor.document.uri), line: editor.selection.active.line } : null;
    const place = neighbour(this.pending.files, from, direction);
    if (place === null) {
      void vscode.window.setStatusBarMessage(vscode.l10n.t('There is nothing to review.'), 5000);
    } else {
      await this.#views.goTo(place);
    }
  }

  #edited({ document, contentChanges }: vscode.TextDocumentChangeEvent): void {
    if (document.uri.scheme === 'file' && contentChanges.length > 0) {
      const edits = contentChanges.map(({ range, text }) => ({
        start: range.start.line,
        end: range.end.line,
        count: text.split('\n').length,
      }));
      this.pending.edited(protocolPath(document.uri), edits);
    }
  }
}

function isHunk(value: unknown): value is PendingHunk {
  return typeof value === 'object' && value !== null && 'callId' in value && 'newStart' in value;
}

async function mayOverwrite(places: number, verb: 'undo' | 'redo'): Promise<boolean> {
  const anyway = verb === 'undo' ? vscode.l10n.t('Undo Anyway') : vscode.l10n.t('Redo Anyway');
  const message =
    places === 1
      ? vscode.l10n.t('You have changed these lines too. Your own change there would be lost.')
      : vscode.l10n.t('You have changed {0} of these places too. Your own changes there would be lost.', places);
  return (await vscode.window.showWarningMessage(message, { modal: true }, anyway)) === anyway;
}

function tellLeft(left: readonly LeftFile[]): void {
  const lines = left.map(({ path, reason }) => `${path}: ${reason}`).join(' ');
  void vscode.window.showWarningMessage(vscode.l10n.t('Left as it is: {0}', lines));
}
