import * as vscode from 'vscode';
import { protocolPath } from '../../infrastructure/paths';
import type { InputPart } from '../../protocol/generated';
import { type Cell, describeCell, hasError } from './describeCell';

export interface NotebookTargets {
  ask(input: readonly InputPart[]): Promise<void>;
}

/** A notebook's cell, explained or mended in the chat. */
export class Notebooks {
  constructor(
    context: vscode.ExtensionContext,
    private readonly targets: NotebookTargets,
  ) {
    const register = vscode.commands.registerCommand;
    context.subscriptions.push(
      register('sage.notebook.explainCell', (cell?: unknown) => this.#ask(cell, 'explain')),
      register('sage.notebook.fixCell', (cell?: unknown) => this.#ask(cell, 'fix')),
    );
  }

  async #ask(argument: unknown, action: 'explain' | 'fix'): Promise<void> {
    const cell = isCell(argument) ? argument : selectedCell();
    if (cell === undefined) {
      void vscode.window.showInformationMessage(vscode.l10n.t('Select a cell of a notebook first.'));
      return;
    }
    const path = protocolPath(cell.notebook.uri);
    const content = contentOf(cell);
    const what = `cell ${content.number} of ${path}`;
    const words = {
      explain: `Explain ${what}${hasError(content) ? ', and what its error means' : ''}.`,
      fix: `Fix ${what}${hasError(content) ? ', which ends with an error' : ''}. Look at the cells before it where they matter, and change no other cell without need.`,
    };
    await this.targets.ask([
      { type: 'text', text: words[action] },
      {
        type: 'excerpt',
        source: 'problems',
        title: vscode.l10n.t('Cell {0} of {1}', content.number, path),
        text: describeCell(content),
      },
      ...(cell.notebook.uri.scheme === 'file' ? [{ type: 'file' as const, path }] : []),
    ]);
  }
}

function contentOf({ index, document, outputs }: vscode.NotebookCell): Cell {
  return {
    number: index + 1,
    language: document.languageId,
    source: document.getText(),
    outputs: outputs.flatMap(({ items }) =>
      items.map(({ mime, data }) => ({ mime, text: new TextDecoder().decode(data) })),
    ),
  };
}

function selectedCell(): vscode.NotebookCell | undefined {
  const editor = vscode.window.activeNotebookEditor;
  const [selection] = editor?.selections ?? [];
  return selection === undefined || selection.isEmpty ? undefined : editor?.notebook.cellAt(selection.start);
}

function isCell(value: unknown): value is vscode.NotebookCell {
  return typeof value === 'object' && value !== null && 'notebook' in value && 'document' in value;
}
