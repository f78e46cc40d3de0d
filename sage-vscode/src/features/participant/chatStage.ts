import * as vscode from 'vscode';
import { uriOf, workspaceRoot } from '../../infrastructure/paths';
import type { FileChangeKind, PlanItem } from '../../protocol/generated';
import type { Stage } from './conversation';
import { fileTree } from './fileTree';
import { plainText } from './plainText';
import type { Piece } from './turnFold';

/** So that a turn that has rewritten everything does not fill the chat. */
const MOST_FILES = 200;

/** Shows an answer in the editor's chat. What a model says is Markdown that nobody trusts: no link of it runs a command. */
export class ChatStage implements Stage {
  readonly #referred = new Set<string>();

  constructor(
    private readonly stream: vscode.ChatResponseStream,
    /** The editor closes the answer when it is stopped; writing to it would throw, although events go on to come. */
    private readonly stopped: AbortSignal,
  ) {}

  show(piece: Piece): void {
    if (this.stopped.aborted) {
      return;
    }
    switch (piece.kind) {
      case 'markdown':
        this.stream.markdown(untrusted(piece.text));
        return;
      case 'doing':
        this.stream.progress(plainText(piece.words));
        return;
      case 'notice':
        this.stream.markdown(untrusted(`\n\n> ${plainText(piece.words)}\n\n`));
        return;
      case 'changed':
        if (!this.#referred.has(piece.path)) {
          this.#referred.add(piece.path);
          this.stream.reference(uriOf(piece.path));
        }
        return;
      default:
        piece satisfies never;
    }
  }

  waiting(sessionId: string, words: string): void {
    if (this.stopped.aborted) {
      return;
    }
    this.stream.markdown(untrusted(`\n\n${plainText(words)}\n\n`));
    this.stream.button({ command: 'sage.openSession', title: vscode.l10n.t('Answer in Sage'), arguments: [sessionId] });
    this.stream.progress(vscode.l10n.t('Sage waits for your answer'));
  }

  summary(sessionId: string, plan: readonly PlanItem[], files: ReadonlyMap<string, FileChangeKind>): void {
    if (this.stopped.aborted) {
      return;
    }
    if (plan.length > 0) {
      this.stream.markdown(untrusted(`\n\n${checklist(plan)}\n`));
    }
    if (files.size === 0) {
      return;
    }
    const there = [...files].filter(([, kind]) => kind !== 'deleted').map(([path]) => path);
    const gone = [...files].filter(([, kind]) => kind === 'deleted').map(([path]) => path);
    const tree = fileTree(there.slice(0, MOST_FILES));
    const root = workspaceRoot();
    this.stream.markdown(untrusted(`\n\n${changedWords(there.length, gone)}\n`));
    if (root !== undefined && tree.length > 0) {
      this.stream.filetree(tree, root.uri);
    }
    const button = (command: string, title: string) => this.stream.button({ command, title, arguments: [sessionId] });
    button('sage.reviewSession', vscode.l10n.t('Review Changes'));
    button('sage.openSession', vscode.l10n.t('Open in Sage'));
  }
}

function untrusted(markdown: string): vscode.MarkdownString {
  return new vscode.MarkdownString(markdown);
}

function checklist(plan: readonly PlanItem[]): string {
  return plan
    .map(({ text, status }) => `- [${status === 'completed' ? 'x' : ' '}] ${plainText(text.replaceAll('\n', ' '))}`)
    .join('\n');
}

function changedWords(there: number, gone: readonly string[]): string {
  const changed =
    there === 0 ? [] : [there === 1 ? vscode.l10n.t('1 file changed') : vscode.l10n.t('{0} files changed', there)];
  const names = gone.slice(0, MOST_FILES).map(plainText).join(', ');
  return [...changed, ...(gone.length > 0 ? [vscode.l10n.t('Deleted: {0}', names)] : [])].join(' · ');
}
