import * as vscode from 'vscode';
import type { Activity } from '../infrastructure/activity';
import type { ServerRequestHandlers } from './connection';
import { RestartPolicy } from './restartPolicy';
import { SageServer } from './sageServer';
import { findRipgrep, findServer } from './serverFiles';

/** Long enough that the editor's own start is over, short enough that the first light bulb knows Sage. */
const BACKGROUND_START_MS = 1500;

/** Settings that a server knows from its start only. */
const STARTED_WITH = ['sage.server.path', 'sage.telemetry'];

/** A bundle of its own (build.mjs): it is large, and a window that only opens needs nothing of it. */
const languageConnection = () => require('./languageConnection.js') as typeof import('./languageConnection');

/** What is started as the server, as things are now. */
export function serverExecutable(context: vscode.ExtensionContext): string {
  return findServer({
    extensionPath: context.extensionPath,
    configuredPath: vscode.workspace.getConfiguration('sage').get('server.path', ''),
    platform: process.platform,
  });
}

/** The server with its commands; nothing runs until something needs it. */
export function createServer(
  context: vscode.ExtensionContext,
  log: vscode.LogOutputChannel,
  activity: Activity,
  handlers: ServerRequestHandlers,
): SageServer {
  const server = new SageServer(
    (listener) =>
      languageConnection().connectTo(
        {
          command: serverExecutable(context),
          ripgrepPath: findRipgrep(vscode.env.appRoot, process.platform, process.arch),
          clientVersion: context.extension.packageJSON.version,
          workspaceTrusted: vscode.workspace.isTrusted,
          environment: environment(vscode.workspace.getConfiguration('sage')),
        },
        log,
        handlers,
        listener,
      ),
    new RestartPolicy(Date.now),
    (ms) => new Promise((resolve) => setTimeout(resolve, ms)),
    log,
  );
  const restart = () => server.restart().catch((error) => log.error(error));
  context.subscriptions.push(
    server.stateChanged.subscribe((state) => {
      activity.update({ server: state.kind, problem: state.kind === 'stopped' ? state.message : null });
      if (state.kind === 'stopped') {
        void offerRestart(state.message);
      }
    }),
    vscode.commands.registerCommand('sage.restartServer', restart),
    vscode.commands.registerCommand('sage.showLog', () => log.show(true)),
    // What may be read and run depends on trust, and the server was told of it when it started.
    vscode.workspace.onDidGrantWorkspaceTrust(() => server.state.kind === 'idle' || restart()),
    vscode.workspace.onDidChangeConfiguration(
      (change) =>
        STARTED_WITH.some((setting) => change.affectsConfiguration(setting)) &&
        server.state.kind !== 'idle' &&
        restart(),
    ),
    startForLightBulb(server, log),
  );
  return server;
}

function environment(settings: vscode.WorkspaceConfiguration): Record<string, string> {
  const collector = settings.get('telemetry.otlpEndpoint', '');
  return collector === '' ? {} : { SAGE_OTLP_ENDPOINT: collector };
}

async function offerRestart(message: string): Promise<void> {
  const restart = vscode.l10n.t('Restart');
  const log = vscode.l10n.t('Show Log');
  const report = vscode.l10n.t('Report an Issue');
  const choice = await vscode.window.showErrorMessage(message, restart, log, report);
  if (choice === restart) {
    await vscode.commands.executeCommand('sage.restartServer');
  } else if (choice === log) {
    await vscode.commands.executeCommand('sage.showLog');
  } else if (choice === report) {
    await vscode.commands.executeCommand('sage.reportIssue');
  }
}

/** Code actions come from the server: where a file is open, it starts by itself, after the editor has. */
function startForLightBulb(server: SageServer, log: vscode.LogOutputChannel): vscode.Disposable {
  const startWhenUseful = () => {
    if (server.state.kind === 'idle' && vscode.window.activeTextEditor?.document.uri.scheme === 'file') {
      subscription.dispose();
      server.start().catch((error) => log.error(error));
    }
  };
  const timer = setTimeout(startWhenUseful, BACKGROUND_START_MS);
  const subscription = vscode.window.onDidChangeActiveTextEditor(startWhenUseful);
  return new vscode.Disposable(() => {
    clearTimeout(timer);
    subscription.dispose();
  });
}
