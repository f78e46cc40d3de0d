import * as vscode from 'vscode';
import type { ReadDiagnosticsParams, ReadDiagnosticsResult } from '../../protocol/generated';
import { listDiagnostics } from './diagnosticList';
import { isWithin } from './isWithin';
import { isInTab, openDocument } from './languageServers';
import { Reports } from './reports';

/** What the editor's language servers report, and when they do. */
export class Diagnostics {
  readonly #reports = new Reports();

  constructor(subscriptions: vscode.Disposable[]) {
    subscriptions.push(
      vscode.languages.onDidChangeDiagnostics(({ uris }) => this.#reports.report(uris.map(String))),
      vscode.workspace.onDidChangeTextDocument(({ document, contentChanges }) => {
        if (document.uri.scheme === 'file' && contentChanges.length > 0) {
          this.#reports.change(document.uri.toString());
        }
      }),
      vscode.workspace.onDidCloseTextDocument(({ uri }) => this.#reports.forget(uri.toString())),
    );
  }

  async read(
    { root, most, paths, waitMs, since }: ReadDiagnosticsParams,
    signal: AbortSignal,
  ): Promise<ReadDiagnosticsResult> {
    const uris = paths?.map((path) => vscode.Uri.file(path));
    if (uris !== undefined && waitMs !== undefined && waitMs > 0) {
      await (since === undefined ? this.#lookAt(uris, waitMs, signal) : this.#waitSince(uris, since, waitMs, signal));
    }
    // Before it is read: what is reported in between is looked at once more.
    const { revision } = this.#reports;
    const all: [vscode.Uri, vscode.Diagnostic[]][] =
      uris?.map((uri) => [uri, vscode.languages.getDiagnostics(uri)]) ?? vscode.languages.getDiagnostics();
    const inside = all
      .filter(([uri]) => uri.scheme === 'file' && isWithin(root, uri.fsPath))
      .map(([uri, diagnostics]) => [uri.fsPath, diagnostics] as const);
    const unseen = (uris ?? []).filter((uri) => !isInTab(uri)).map((uri) => uri.fsPath);
    return { revision, ...listDiagnostics(inside, most), unseen };
  }

  /** For whoever has just changed something. */
  async #waitSince(uris: readonly vscode.Uri[], since: number, ms: number, signal: AbortSignal): Promise<void> {
    if (uris.some(isInTab)) {
      await this.#reports.until(
        () => uris.some((uri) => this.#reports.reportedSince(uri.toString(), since)),
        ms,
        signal,
      );
    }
  }

  /** For whoever wants to know how things are. */
  async #lookAt(uris: readonly vscode.Uri[], ms: number, signal: AbortSignal): Promise<void> {
    const open = new Set(vscode.workspace.textDocuments.map(({ uri }) => uri.toString()));
    const opened = uris.filter((uri) => !open.has(uri.toString())).map(String);
    const { revision } = this.#reports;
    await Promise.allSettled(uris.map((uri) => openDocument(uri.fsPath)));
    await this.#reports.until(
      () =>
        !uris.some((uri) => this.#reports.isOutdated(uri.toString())) &&
        opened.every((uri) => this.#reports.reportedSince(uri, revision)),
      ms,
      signal,
    );
  }
}
