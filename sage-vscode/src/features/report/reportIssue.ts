import * as os from 'node:os';
import * as vscode from 'vscode';
import { messageOf } from '../../infrastructure/errors';
import { onceAtATime } from '../../infrastructure/onceAtATime';
import { Methods } from '../../protocol/generated';
import type { Server } from '../../server/requests';
import { changedSettings, type DeclaredSetting } from './changedSettings';
import type { EditorFacts } from './editorFacts';
import type { Person } from './privateText';
import { writeReport } from './report';
import { reportFileName } from './reportText';
import { runReport } from './runReport';
import { within } from './within';

const SNAPSHOT_MS = 2_000;

/** The command *Sage: Report an Issue*: a text to read and share, without keys, prompts or code. */
export function reportIssue(
  context: vscode.ExtensionContext,
  server: Server,
  findServer: () => string,
): vscode.Disposable {
  const report = onceAtATime(async () => {
    const text = await vscode.window.withProgress(
      { location: vscode.ProgressLocation.Notification, title: vscode.l10n.t('Sage is writing a report…') },
      async () => {
        const facts = await factsOf(context, server);
        return writeReport({ facts, person: person(), findServer, run: runReport });
      },
    );
    const file = await save(context, text);
    const document = await vscode.workspace.openTextDocument(file);
    await vscode.window.showTextDocument(document, { preview: false });
    void offer(document);
  });
  return vscode.commands.registerCommand('sage.reportIssue', report);
}

async function factsOf(context: vscode.ExtensionContext, server: Server): Promise<EditorFacts> {
  const { version, contributes } = context.extension.packageJSON;
  const declared: Readonly<Record<string, DeclaredSetting>> = contributes.configuration.properties;
  const settings = vscode.workspace.getConfiguration();
  return {
    extensionVersion: version,
    editor: `${vscode.env.appName} ${vscode.version} (${vscode.env.appHost})`,
    ui: vscode.env.uiKind === vscode.UIKind.Web ? 'web' : 'desktop',
    remoteName: vscode.env.remoteName,
    os: `${process.platform} ${os.release()} ${process.arch}`,
    node: process.versions.node,
    trusted: vscode.workspace.isTrusted,
    workspaceFolders: vscode.workspace.workspaceFolders?.length ?? 0,
    server: server.state,
    snapshot: await snapshotOf(server),
    settings: changedSettings(declared, (name) => settings.get(name)),
  };
}

async function snapshotOf(server: Server): Promise<EditorFacts['snapshot']> {
  // Looking must not start a server: without one nothing runs.
  if (server.state.kind !== 'running') {
    return null;
  }
  const late = AbortSignal.timeout(SNAPSHOT_MS);
  const asked = server.request(Methods.runtimeSnapshot, {}, late);
  return within(
    SNAPSHOT_MS,
    asked.catch((error) => (late.aborted ? 'late' : { failure: messageOf(error) })),
  );
}

function person(): Person {
  return { home: os.homedir(), user: userName(), machine: os.hostname().split('.')[0] ?? '' };
}

/** Some containers have users without a name. */
function userName(): string {
  try {
    return os.userInfo().username;
  } catch {
    return '';
  }
}

async function save(context: vscode.ExtensionContext, text: string): Promise<vscode.Uri> {
  const folder = vscode.Uri.joinPath(context.globalStorageUri, 'reports');
  await vscode.workspace.fs.createDirectory(folder);
  const file = vscode.Uri.joinPath(folder, reportFileName(new Date()));
  await vscode.workspace.fs.writeFile(file, new TextEncoder().encode(text));
  return file;
}

async function offer(document: vscode.TextDocument): Promise<void> {
  const reveal = vscode.l10n.t('Reveal File');
  const copy = vscode.l10n.t('Copy');
  const choice = await vscode.window.showInformationMessage(
    vscode.l10n.t('The report is written. Read it before you share it.'),
    reveal,
    copy,
  );
  if (choice === reveal) {
    await show(document.uri);
  } else if (choice === copy) {
    // As it is now: what the reader has taken out stays out.
    await vscode.env.clipboard.writeText(document.getText());
  }
}

async function show(file: vscode.Uri): Promise<void> {
  if (vscode.env.uiKind === vscode.UIKind.Desktop && vscode.env.remoteName === undefined) {
    await vscode.commands.executeCommand('revealFileInOS', file);
  } else {
    // The file is on another computer than the window.
    await vscode.window.showInformationMessage(vscode.l10n.t('The report is {0}', file.fsPath));
  }
}
