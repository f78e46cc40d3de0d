import * as vscode from 'vscode';
import { uriOf, workspaceRoot } from '../../infrastructure/paths';
import type { PendingFile } from '../../protocol/generated';
import type { PendingFiles } from './pendingFiles';

interface Shown {
  readonly control: vscode.SourceControl;
  readonly group: vscode.SourceControlResourceGroup;
}

/** “Sage” among the source controls, while something is to be reviewed: the files, gutter bars, peek and navigation. */
export class PendingScm {
  #shown: Shown | null = null;

  constructor(
    private readonly pending: PendingFiles,
    private readonly quickDiff: vscode.QuickDiffProvider,
  ) {}

  refresh(): void {
    const { files } = this.pending;
    if (files.length === 0) {
      this.dispose();
      return;
    }
    this.#shown ??= this.#show();
    const { control, group } = this.#shown;
    group.resourceStates = files.map(stateOf);
    control.count = files.length;
  }

  dispose(): void {
    this.#shown?.control.dispose();
    this.#shown = null;
  }

  // An empty source control of ours would make a list of two out of the one that people have.
  #show(): Shown {
    const control = vscode.scm.createSourceControl('sage', 'Sage', workspaceRoot()?.uri);
    control.inputBox.visible = false;
    control.quickDiffProvider = this.quickDiff;
    const group = control.createResourceGroup('pending', vscode.l10n.t('Changes to Review'));
    group.hideWhenEmpty = true;
    return { control, group };
  }
}

function stateOf({ path, kind, problem, added, removed }: PendingFile): vscode.SourceControlResourceState {
  return {
    resourceUri: uriOf(path),
    contextValue: problem === undefined ? kind : 'problem',
    command: {
      title: vscode.l10n.t('Open Changes'),
      command: 'sage.review.openChanges',
      arguments: [path],
    },
    decorations: {
      strikeThrough: kind === 'deleted',
      faded: problem !== undefined,
      tooltip: problem ?? vscode.l10n.t('{0}: +{1} −{2}', path, added, removed),
    },
  };
}
