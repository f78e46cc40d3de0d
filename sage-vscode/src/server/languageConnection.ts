import * as vscode from 'vscode';
import {
  CloseAction,
  ErrorAction,
  LanguageClient,
  type LanguageClientOptions,
  ProgressType,
  TransportKind,
} from 'vscode-languageclient/node';
import { withSignal } from '../infrastructure/cancelling';
import { Methods } from '../protocol/generated';
import { inOurWords } from './actionTitles';
import type { Connection, ConnectionListener, ServerRequestHandlers } from './connection';
import { quietAboutKeys } from './quietTrace';
import type { Send } from './requests';

/** What the server needs to know about this editor before anything else. */
export interface ServerStart {
  readonly command: string;
  readonly ripgrepPath: string | undefined;
  readonly clientVersion: string;
  readonly workspaceTrusted: boolean;
  /** Variables beside those of the editor. */
  readonly environment: Readonly<Record<string, string>>;
}

/** The library's client, without its own pop-ups: the extension says what happened, once, in its own words. */
class QuietLanguageClient extends LanguageClient {
  override error(message: string, data?: unknown): void {
    super.error(message, data, false);
  }
}

const progress = new ProgressType<unknown>();

/** One run of `sage --stdio` behind the language client library. */
export function connectTo(
  start: ServerStart,
  log: vscode.LogOutputChannel,
  handlers: ServerRequestHandlers,
  listener: ConnectionListener,
): Connection {
  const client = new QuietLanguageClient(
    'sage',
    'Sage',
    // What is named here is all that the process gets: without the editor's own it would have no PATH, no home and no keys.
    {
      command: start.command,
      transport: TransportKind.stdio,
      options: { env: { ...process.env, ...start.environment } },
    },
    clientOptions(start, log, listener),
  );
  client.onNotification(Methods.event, (envelope) => listener.event(envelope));
  client.onNotification(Methods.mcpChanged, (change) => listener.mcpChanged(change));
  for (const method of Object.keys(handlers) as (keyof ServerRequestHandlers)[]) {
    client.onRequest(method, (params, token) =>
      withSignal(token, (signal) => (handlers[method] as (p: unknown, s: AbortSignal) => unknown)(params, signal)),
    );
  }
  let started: Promise<void> | null = null;
  return {
    start: () => {
      started = client.start();
      return started;
    },
    stop: async () => {
      // A client that is still starting cannot be stopped.
      await started?.catch(() => {});
      await client.stop().catch((error) => log.warn(`Stopping the server: ${error}`));
    },
    request: ((method: string, params: unknown, signal?: AbortSignal) =>
      sendCancellable(client, method, params, signal)) as Send,
    onProgress: (token, listen) => client.onProgress(progress, token, listen),
  };
}

function clientOptions(
  start: ServerStart,
  log: vscode.LogOutputChannel,
  listener: ConnectionListener,
): LanguageClientOptions {
  const { ripgrepPath, clientVersion, workspaceTrusted } = start;
  return {
    documentSelector: [{ scheme: 'file' }],
    // The server asks for the settings itself; this tells it when to ask again.
    synchronize: { configurationSection: 'sage' },
    initializationOptions: { ripgrepPath, clientVersion, workspaceTrusted, editorModels: true, editorKnowledge: true },
    outputChannel: log,
    traceOutputChannel: quietAboutKeys(log),
    initializationFailedHandler: () => false,
    errorHandler: {
      error: () => ({ action: ErrorAction.Continue, handled: true }),
      closed: () => {
        listener.closed();
        return { action: CloseAction.DoNotRestart, handled: true };
      },
    },
    middleware: {
      provideCodeActions: (document, range, context, token, next) =>
        vscode.workspace.getConfiguration('sage', document).get('codeActions.enabled', true)
          ? Promise.resolve(next(document, range, context, token)).then(inOurWords)
          : [],
    },
  };
}

async function sendCancellable(
  client: LanguageClient,
  method: string,
  params: unknown,
  signal: AbortSignal | undefined,
): Promise<unknown> {
  if (signal === undefined) {
    return client.sendRequest(method, params);
  }
  const source = new vscode.CancellationTokenSource();
  const cancel = () => source.cancel();
  signal.addEventListener('abort', cancel, { once: true });
  if (signal.aborted) {
    cancel();
  }
  try {
    return await client.sendRequest(method, params, source.token);
  } finally {
    signal.removeEventListener('abort', cancel);
    source.dispose();
  }
}
