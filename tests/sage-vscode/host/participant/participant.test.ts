import { expect, test, vi } from 'vitest';
import type * as vscode from 'vscode';
import { registerParticipant } from '../../../../sage-vscode/src/features/participant/participant';
import { Sessions } from '../../../../sage-vscode/src/features/sessions/sessions';
import { Signal } from '../../../../sage-vscode/src/infrastructure/signal';
import { FakeServer, settle } from '../fakes/fakeServer';

const made = vi.hoisted(() => ({ handlers: [] as vscode.ChatRequestHandler[], commands: new Map<string, unknown>() }));

vi.mock('vscode', () => ({
  l10n: { t: (text: string, value: string) => text.replace('{0}', value) },
  Uri: { joinPath: (_: unknown, ...parts: unknown[]) => parts.join('/'), file: (path: string) => `file://${path}` },
  MarkdownString: class {
    constructor(readonly value: string) {}
  },
  ChatRequestTurn: class {},
  ChatResponseTurn: class {
    constructor(
      readonly participant: string,
      readonly result: unknown,
    ) {}
  },
  workspace: { workspaceFolders: [{ index: 0, uri: { fsPath: '/work' } }] },
  commands: { registerCommand: (id: string, run: unknown) => made.commands.set(id, run) },
  chat: {
    createChatParticipant: (_: string, handler: vscode.ChatRequestHandler) => {
      made.handlers.push(handler);
      return {};
    },
  },
}));

/** What an answer shows; it throws when the editor has closed it. */
class FakeStream {
  readonly shown: string[] = [];
  isClosed = false;
  #push(kind: string, value: unknown): void {
    if (this.isClosed) {
      throw new Error('Response stream has been closed');
    }
    this.shown.push(`${kind}: ${typeof value === 'string' ? value : JSON.stringify(value)}`);
  }
  markdown = ({ value }: vscode.MarkdownString) => this.#push('markdown', value.trim());
  progress = (value: string) => this.#push('progress', value);
  reference = (value: unknown) => this.#push('reference', value);
  filetree = (value: unknown) => this.#push('filetree', value);
  button = ({ command, arguments: args }: vscode.Command) => this.#push('button', `${command} ${args}`);
}

function participant() {
  const server = new FakeServer();
  const sessions = new Sessions(server, { get: () => null, set: () => {} });
  const asked = new Signal<{ sessionId: string; words: string }>();
  const state = { get: (_: string, initial: unknown) => initial, update: async () => {} };
  const opened: string[] = [];
  registerParticipant(
    { extensionUri: 'ext', subscriptions: [], workspaceState: state } as unknown as vscode.ExtensionContext,
    {
      server,
      sessions,
      asked,
      mode: () => 'ask',
      openSession: async (sessionId) => void opened.push(sessionId),
      reviewSession: async () => {},
    },
  );
  const stream = new FakeStream();
  let cancel = () => {};
  const token = {
    isCancellationRequested: false,
    onCancellationRequested: (listener: () => void) => {
      cancel = listener;
      return { dispose: () => {} };
    },
  };
  const ask = (request: Partial<vscode.ChatRequest>) =>
    made.handlers.at(-1)?.(
      { command: undefined, prompt: '', references: [], ...request } as unknown as vscode.ChatRequest,
      { history: [] },
      stream as unknown as vscode.ChatResponseStream,
      token as unknown as vscode.CancellationToken,
    );
  const stop = () => {
    cancel();
    stream.isClosed = true;
  };
  return { server, asked, opened, stream, ask, stop };
}

const usage = { inputTokens: 1, outputTokens: 1 };

test('nothing is asked of the server before somebody says something', async () => {
  const { server, ask } = participant();
  expect(await ask({ command: 'plan', prompt: ' ' })).toEqual({ errorDetails: { message: 'Say what Sage is to do.' } });
  expect(server.waiting).toEqual([]);
});

test('an answer ends with its plan, a tree of what changed, and buttons that name the session', async () => {
  const { server, asked, stream, ask } = participant();
  const result = ask({ command: 'plan', prompt: 'Tidy up' });
  await settle();
  server.take('sage/session/create').answer({ sessionId: 's1' });
  await settle();
  const run = server.take('sage/turn/run');
  expect(run.params).toEqual({ sessionId: 's1', input: [{ type: 'text', text: 'Tidy up' }], mode: 'plan' });
  asked.emit({ sessionId: 's1', words: 'Sage wants to: Edit *a.ts*' });
  const happen = (seq: number, event: Parameters<typeof server.events.emit>[0]['event']) =>
    server.events.emit({ sessionId: 's1', seq, event });
  const change = { type: 'fileChanged', callId: 'c', hunks: [] } as const;
  happen(1, { ...change, path: 'src/a.ts', kind: 'modified' });
  happen(2, { ...change, path: 'old.ts', kind: 'deleted' });
  happen(3, { type: 'planUpdated', items: [{ text: 'Do it', status: 'completed' }] });
  run.answer({ outcome: 'completed', usage });
  expect(await result).toEqual({ metadata: { sessionId: 's1', seq: 3, outcome: 'completed', changed: true } });
  expect(stream.shown).toEqual([
    'markdown: Sage wants to: Edit \\*a.ts\\*',
    'button: sage.openSession s1',
    'progress: Sage waits for your answer',
    'reference: src/a.ts',
    'markdown: - [x] Do it',
    'markdown: 1 file changed · Deleted: old.ts',
    'filetree: [{"name":"src","children":[{"name":"a.ts"}]}]',
    'button: sage.reviewSession s1',
    'button: sage.openSession s1',
  ]);
});

test('after a stop nothing is written, and whoever else listens still hears what happens', async () => {
  const { server, stream, ask, stop } = participant();
  const result = ask({ prompt: 'Tell a story' });
  await settle();
  server.take('sage/session/create').answer({ sessionId: 's1' });
  await settle();
  const run = server.take('sage/turn/run');
  const heard: number[] = [];
  server.events.subscribe(({ seq }) => heard.push(seq ?? 0));
  stop();
  expect(run.signal?.aborted).toBe(true);
  server.events.emit({ sessionId: 's1', seq: 1, event: { type: 'notice', text: 'Stopped.' } });
  run.answer({ outcome: 'interrupted', usage });
  expect(await result).toMatchObject({ metadata: { outcome: 'interrupted' } });
  expect(heard).toEqual([1]);
  expect(stream.shown).toEqual([]);
});

test('a button opens its session, and a command without one does nothing', async () => {
  const { opened } = participant();
  const open = made.commands.get('sage.openSession') as (sessionId?: unknown) => Promise<void>;
  await open('s1');
  await open();
  await open({ sessionId: 's2' });
  expect(opened).toEqual(['s1']);
});
