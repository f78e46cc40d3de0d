import * as vscode from 'vscode';
import { protocolPath, uriOf } from '../../infrastructure/paths';
import { Methods, type PendingFile } from '../../protocol/generated';
import type { Server } from '../../server/requests';
import type { PendingFiles } from './pendingFiles';

const SCHEME = 'sage-original';
const NOTHING = 'nothing';

/** Files as they would be without what is to be reviewed, for the editor's own diffs. */
export class Originals implements vscode.TextDocumentContentProvider, vscode.QuickDiffProvider {
  /** How files were before a turn, by the address that shows it. */
  readonly #earlier = new Map<string, string>();
  readonly #changed = new vscode.EventEmitter<vscode.Uri>();
  readonly onDidChange = this.#changed.event;

  constructor(
    private readonly server: Server,
    private readonly pending: PendingFiles,
  ) {}

  register(): vscode.Disposable {
    return vscode.Disposable.from(this.#changed, vscode.workspace.registerTextDocumentContentProvider(SCHEME, this));
  }

  /** Shows the originals that are open as they are now. */
  refresh(): void {
    for (const { uri } of vscode.workspace.textDocuments) {
      if (uri.scheme === SCHEME && uri.query === '') {
        this.#changed.fire(uri);
      }
    }
  }

  provideOriginalResource(uri: vscode.Uri): vscode.Uri | undefined {
    const file = uri.scheme === 'file' ? this.pending.find(protocolPath(uri)) : undefined;
    return file === undefined || file.hunks.length === 0 ? undefined : this.#uriOf(file.path);
  }

  async provideTextDocumentContent(uri: vscode.Uri): Promise<string> {
    const { sessionId } = this.pending;
    const earlier = this.#earlier.get(uri.toString());
    if (earlier !== undefined) {
      return earlier;
    }
    const path = protocolPath(uri.with({ scheme: 'file', query: '' }));
    if (sessionId === null || uri.query === NOTHING) {
      return '';
    }
    if (this.pending.find(path) === undefined) {
      // A diff that is still open when all is reviewed shows that nothing is left to review.
      return readText(uriOf(path));
    }
    return (await this.server.request(Methods.readOriginal, { sessionId, path })).text ?? '';
  }

  /** What stands left and right in a diff of this file: nothing where it did not or does not exist. */
  sides({ path, kind }: PendingFile): readonly [vscode.Uri, vscode.Uri] {
    const original = this.#uriOf(path);
    return [original, kind === 'deleted' ? original.with({ query: NOTHING }) : uriOf(path)];
  }

  /** Shows a text as how this file was before a turn. */
  before(turnId: string, path: string, text: string): vscode.Uri {
    const uri = this.#uriOf(path).with({ query: `before=${turnId}` });
    this.#earlier.set(uri.toString(), text);
    this.#changed.fire(uri);
    return uri;
  }

  #uriOf(path: string): vscode.Uri {
    return uriOf(path).with({ scheme: SCHEME });
  }
}

async function readText(uri: vscode.Uri): Promise<string> {
  try {
    return (await vscode.workspace.openTextDocument(uri)).getText();
  } catch {
    return '';
  }
}
