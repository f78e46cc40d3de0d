import { ChatBridge } from '../../../../sage-vscode/src/features/chat/chatBridge';
import { PendingRequests } from '../../../../sage-vscode/src/features/chat/pendingRequests';
import type { ChatEditor, ChatModels, ChatSessions } from '../../../../sage-vscode/src/features/chat/ports';
import { Signal } from '../../../../sage-vscode/src/infrastructure/signal';
import type { EditorContext, ToWebview } from '../../../../sage-vscode/src/protocol/bridge';
import type { EventEnvelope, ListModelsResult, PermissionMode } from '../../../../sage-vscode/src/protocol/generated';
import type { Server } from '../../../../sage-vscode/src/server/requests';

/** A bridge between a webview that records what it is told and parts that record what they are asked. */
export function chat() {
  const calls: unknown[][] = [];
  const record =
    (name: string) =>
    async (...args: unknown[]) =>
      void calls.push([name, ...args]);
  const timers: (() => void)[] = [];
  const posted: ToWebview[] = [];
  let mode: PermissionMode = 'ask';
  const sessions = {
    current: 's1' as string | null,
    opened: new Signal<{ sessionId: string; events: readonly EventEnvelope[]; running: boolean }>(),
    events: new Signal<EventEnvelope>(),
    rejected: new Signal<{ sessionId: string; message: string }>(),
    show: async () => sessions.opened.emit({ sessionId: sessions.current ?? '', events: [], running: false }),
    open: record('open'),
    startNew: record('startNew'),
    list: async () => [{ sessionId: 's1', title: 'Hello', updatedAt: '2026-01-01T00:00:00Z' }],
    send: record('send'),
    say: record('say'),
    editQueued: record('editQueued'),
    removeQueued: record('removeQueued'),
    reorderQueued: record('reorderQueued'),
    runNext: record('runNext'),
    compact: record('compact'),
    stop: record('stop'),
    stopBackground: record('stopBackground'),
    moveToBackground: record('moveToBackground'),
  };
  const models = {
    changed: new Signal<ListModelsResult>(),
    refresh: async () => models.changed.emit({ models: [], selected: 'demo/demo' }),
    select: record('select'),
    askForKey: record('askForKey'),
  };
  const editor = {
    contextChanged: new Signal<EditorContext | null>(),
    context: { path: 'src/a.ts' },
    openFile: record('openFile'),
    openFolder: record('openFolder'),
    openLink: record('openLink'),
    copy: record('copy'),
    insertAtCursor: record('insertAtCursor'),
    pasteInTerminal: record('pasteInTerminal'),
    showProblem: record('showProblem'),
  };
  const server = {
    state: { kind: 'running' } as Server['state'],
    stateChanged: new Signal<Server['state']>(),
    restart: record('restart'),
    showLog: record('showLog'),
  };
  const requests = new PendingRequests();
  const bridge = new ChatBridge({
    sessions: sessions satisfies ChatSessions,
    models: models satisfies ChatModels,
    editor: editor satisfies ChatEditor,
    server,
    requests,
    mode: {
      get: () => mode,
      set: (value) => {
        mode = value;
      },
    },
    workspaceName: 'demo',
    later: (run) => void timers.push(run),
  });
  bridge.attachWebview((message) => void posted.push(message));
  const types = () => posted.map(({ type }) => type);
  const nextFrame = () => {
    for (const run of timers.splice(0)) {
      run();
    }
  };
  const ready = async () => {
    await bridge.receive({ type: 'ready' });
    posted.length = 0;
  };
  return { bridge, sessions, models, editor, server, requests, posted, calls, types, nextFrame, ready };
}

export const event = (sessionId: string, seq: number): EventEnvelope => ({
  sessionId,
  seq,
  event: { type: 'notice', text: `${seq}` },
});
