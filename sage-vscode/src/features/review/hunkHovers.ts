import * as vscode from 'vscode';
import { protocolPath } from '../../infrastructure/paths';
import { hunkAt } from './hunkPlaces';
import type { PendingFiles } from './pendingFiles';

/** As much of a prompt as a hover has room for. */
const MOST_CHARACTERS = 300;

const COMMANDS = ['sage.review.keepHunk', 'sage.review.undoHunk', 'sage.review.showInChat'];

/** Where a changed line comes from, under the mouse: the prompt, and what can be done about the change. */
export class HunkHovers implements vscode.HoverProvider {
  constructor(private readonly pending: Pick<PendingFiles, 'find' | 'promptOf'>) {}

  register(): vscode.Disposable {
    return vscode.languages.registerHoverProvider({ scheme: 'file' }, this);
  }

  provideHover(document: vscode.TextDocument, { line }: vscode.Position): vscode.Hover | null {
    const path = protocolPath(document.uri);
    const hunk = hunkAt(this.pending.find(path), line, document.lineCount);
    const prompt = hunk === undefined ? undefined : this.pending.promptOf(hunk.turnId);
    if (hunk === undefined || prompt === undefined) {
      return null;
    }
    const words = new vscode.MarkdownString(undefined, true);
    words.isTrusted = { enabledCommands: COMMANDS };
    words
      .appendMarkdown('$(comment)\u00a0')
      .appendText(vscode.l10n.t('Changed by Sage: {0}', beginningOf(prompt)))
      .appendMarkdown(
        `\n\n${[
          link(vscode.l10n.t('Keep'), 'sage.review.keepHunk', path, hunk),
          link(vscode.l10n.t('Undo'), 'sage.review.undoHunk', path, hunk),
          link(vscode.l10n.t('Show in the chat'), 'sage.review.showInChat', hunk),
        ].join(' · ')}`,
      );
    return new vscode.Hover(words, document.lineAt(line).range);
  }
}

/** Folders such as `(app)` would end the link before its end. */
function link(title: string, command: string, ...args: readonly unknown[]): string {
  const encoded = encodeURIComponent(JSON.stringify(args)).replace(/[()]/g, (sign) => (sign === '(' ? '%28' : '%29'));
  return `[${title}](command:${command}?${encoded})`;
}

/** On one line: an end of a line would begin another paragraph. */
function beginningOf(prompt: string): string {
  const text = prompt.trim().replace(/\s+/g, ' ');
  return text.length <= MOST_CHARACTERS ? text : `${text.slice(0, MOST_CHARACTERS)}…`;
}
