import * as path from 'node:path';
import * as vscode from 'vscode';
import {
  type ListSubagentsResult,
  Methods,
  type SubagentKindSummary,
  type SubagentProblem,
  type SubagentSource,
} from '../../protocol/generated';
import type { Server } from '../../server/requests';
import { agentTemplate, problemOfName } from './agentFile';

interface KindItem extends vscode.QuickPickItem {
  readonly path?: string;
  readonly makesNew?: boolean;
}

/** The kinds of sub-agents that the model can start: to look at, to change, and to make. */
export class Subagents {
  constructor(private readonly server: Server) {}

  /** Lets the user open the file of one, or make a new one. */
  async show(): Promise<void> {
    const listed = await this.server.request(Methods.listSubagents, {});
    const add: KindItem = { label: `$(add) ${vscode.l10n.t('New agent…')}`, alwaysShow: true, makesNew: true };
    const picked = await vscode.window.showQuickPick<KindItem>(
      [...listed.kinds.map(itemOf), ...listed.problems.map(problemItem), add],
      {
        title: vscode.l10n.t('Sub-agents that the model can start'),
        placeHolder: vscode.l10n.t('Open a file'),
        matchOnDescription: true,
        matchOnDetail: true,
      },
    );
    if (picked?.makesNew === true) {
      await make(listed);
    } else if (picked?.path !== undefined) {
      await vscode.window.showTextDocument(vscode.Uri.file(picked.path), { preview: true });
    }
  }
}

function itemOf(kind: SubagentKindSummary): KindItem {
  const label = `$(organization) ${kind.name}`;
  const description = [whose(kind.source), kind.source === 'builtIn' ? '' : kind.place].filter(Boolean).join(' · ');
  const detail = [kind.description, toolsOf(kind), ...limitsOf(kind)].join(' · ');
  return kind.path === undefined ? { label, description, detail } : { label, description, detail, path: kind.path };
}

function problemItem({ text, path: file }: SubagentProblem): KindItem {
  return { label: `$(warning) ${path.basename(file)}`, detail: text, path: file };
}

function whose(source: SubagentSource): string {
  switch (source) {
    case 'builtIn':
      return 'Sage';
    case 'user':
      return vscode.l10n.t('yours');
    default:
      return vscode.l10n.t('this workspace');
  }
}

function toolsOf({ tools, withoutTools }: SubagentKindSummary): string {
  const some = tools === undefined ? vscode.l10n.t('all tools') : tools.join(', ') || vscode.l10n.t('no tools');
  return withoutTools === undefined ? some : vscode.l10n.t('{0}, without {1}', some, withoutTools.join(', '));
}

function limitsOf({ mode, model, maxRequests, source }: SubagentKindSummary): string[] {
  const requests = source === 'builtIn' ? undefined : vscode.l10n.t('{0} requests', maxRequests);
  return [mode, model, requests].filter((limit) => limit !== undefined);
}

async function make({ kinds, userFolder, workspaceFolder }: ListSubagentsResult): Promise<void> {
  const folder = await chooseFolder(userFolder, workspaceFolder);
  if (folder === undefined) {
    return;
  }
  const taken = new Set(kinds.map((kind) => kind.name));
  const name = await vscode.window.showInputBox({
    title: vscode.l10n.t('New agent…'),
    prompt: vscode.l10n.t('What the model calls it, for example reviewer'),
    validateInput: (value) => complaint(value.trim(), taken),
  });
  if (name !== undefined) {
    await write(vscode.Uri.file(path.join(folder, `${name.trim()}.md`)), agentTemplate(name.trim()));
  }
}

async function chooseFolder(userFolder: string, workspaceFolder: string | undefined): Promise<string | undefined> {
  if (workspaceFolder === undefined) {
    return userFolder;
  }
  const places = [
    { label: vscode.l10n.t('In this workspace, for everybody who works in it'), folder: workspaceFolder },
    { label: vscode.l10n.t('In every workspace'), folder: userFolder },
  ].map((place) => ({ ...place, description: place.folder }));
  const picked = await vscode.window.showQuickPick(places, { title: vscode.l10n.t('New agent…') });
  return picked?.folder;
}

function complaint(name: string, taken: ReadonlySet<string>): string | undefined {
  switch (problemOfName(name, taken)) {
    case 'empty':
      return vscode.l10n.t('It needs a name.');
    case 'letters':
      return vscode.l10n.t('A name has letters, digits, “-” and “_”, and begins with a letter or digit.');
    case 'taken':
      return vscode.l10n.t('There is one of this name.');
    default:
      return undefined;
  }
}

/** A file that is there is opened as it is. */
async function write(uri: vscode.Uri, text: string): Promise<void> {
  const isThere = await vscode.workspace.fs.stat(uri).then(
    () => true,
    () => false,
  );
  if (!isThere) {
    await vscode.workspace.fs.createDirectory(vscode.Uri.joinPath(uri, '..'));
    await vscode.workspace.fs.writeFile(uri, Buffer.from(text));
  }
  await vscode.window.showTextDocument(uri);
}
