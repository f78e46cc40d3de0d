import type { ApplyTarget } from '../../../../sage-vscode/src/features/chat/apply/applyTarget';
import { ChatBridge } from '../../../../sage-vscode/src/features/chat/chatBridge';
import { PendingRequests } from '../../../../sage-vscode/src/features/chat/pendingRequests';
import type {
  ChatEditor,
  ChatHistory,
  ChatHooks,
  ChatMcp,
  ChatMemory,
  ChatMentions,
  ChatModels,
  ChatReview,
  ChatSafety,
  ChatSessions,
  ChatSights,
  ChatSubagents,
} from '../../../../sage-vscode/src/features/chat/ports';
import { Signal } from '../../../../sage-vscode/src/infrastructure/signal';
import type {
  EditorContext,
  HistoryQuery,
  McpFailure,
  Overview,
  ToWebview,
} from '../../../../sage-vscode/src/protocol/bridge';
import type {
  EventEnvelope,
  ListModelsResult,
  PendingFile,
  PermissionMode,
  ProjectOffer,
} from '../../../../sage-vscode/src/protocol/generated';
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
    runningChanged: new Signal<number>(),
    page: async (sessionId: string, beforeSeq: number) => {
      calls.push(['page', sessionId, beforeSeq]);
      return [event(sessionId, beforeSeq - 1)] as readonly EventEnvelope[];
    },
    fork: async (...args: unknown[]) => {
      calls.push(['fork', ...args]);
      return 'Hello (fork)';
    },
    send: record('send'),
    say: record('say'),
    editQueued: record('editQueued'),
    removeQueued: record('removeQueued'),
    reorderQueued: record('reorderQueued'),
    runNext: record('runNext'),
    compact: record('compact'),
    listCommands: async () => ({
      commands: [
        { name: 'review', description: 'Reviews', source: 'user' as const, place: '~/.sage/commands/review.md' },
      ],
      problems: ['The command x.md was left out: it says nothing.'],
    }),
    listResources: async () => [{ server: 'notes', uri: 'notes://1', name: 'One' }],
    stop: record('stop'),
    stopBackground: record('stopBackground'),
    keepBackground: async (taskId: string) => {
      calls.push(['keepBackground', taskId]);
      return { shell: '/bin/sh', command: 'npm run dev', folder: '/work' };
    },
    moveToBackground: record('moveToBackground'),
    stopCall: record('stopCall'),
    steerSubagent: record('steerSubagent'),
  };
  const history = {
    list: async ({ words }: HistoryQuery) => {
      calls.push(['list', words]);
      return { sessions: [{ sessionId: 's1', title: 'Hello', updatedAt: '2026-01-01T00:00:00Z' }], hasMore: false };
    },
    rename: record('rename'),
    delete: record('delete'),
    restore: record('restoreSession'),
    export: async () => 'hello.md' as string | null,
    import: async () => true,
  };
  const models = {
    changed: new Signal<ListModelsResult>(),
    refresh: async () => models.changed.emit({ models: [], selected: 'demo/demo' }),
    select: record('select'),
    connect: record('connect'),
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
    runInTerminal: record('runInTerminal'),
    pasteInTerminal: record('pasteInTerminal'),
    showLog: record('showLog'),
    showProblem: record('showProblem'),
  };
  const files = {
    active: 'src/a.ts' as string | null,
    find: async (path: string) => (path === 'src/cart.ts' ? path : null),
    pick: async (offered: readonly ApplyTarget[]) => {
      calls.push(['pick', ...offered]);
      return offered[0] ?? null;
    },
  };
  const server = {
    state: { kind: 'running' } as Server['state'],
    stateChanged: new Signal<Server['state']>(),
    restart: record('restart'),
  };
  const review = {
    pending: { sessionId: 's1', files: [] as readonly PendingFile[], changed: new Signal<readonly PendingFile[]>() },
    keep: record('keep'),
    undo: record('undo'),
    open: record('open'),
    commit: record('commit'),
    openSince: record('openSince'),
    preview: async (turnId: string) => {
      calls.push(['preview', turnId]);
      return [{ path: 'a.ts', kind: 'deleted' as const, hunks: [] }];
    },
    restore: record('restore'),
    redo: record('redo'),
  };
  const safety = {
    changed: new Signal<void>(),
    trusted: true,
    offers: [] as readonly ProjectOffer[],
    refresh: async () => {},
    manageTrust: record('manageTrust'),
    answer: record('answerOffer'),
  };
  const mcp = {
    changed: new Signal<void>(),
    failed: [] as readonly McpFailure[],
    refresh: async () => {},
    show: record('showMcp'),
  };
  const memory = {
    show: record('showMemory'),
    remember: async (text: string) => {
      calls.push(['remember', text]);
      return text === 'nowhere' ? null : 'AGENTS.md';
    },
  };
  const sights = {
    describe: async (what: Overview['kind']): Promise<Overview> => {
      calls.push(['describe', what]);
      return { kind: 'doctor', doctor: { findings: [] } };
    },
    showSkills: record('showSkills'),
    chooseCheckpoint: async () => chosen.checkpoint,
  };
  const chosen = { checkpoint: { turnId: 't1', prompt: 'Hello' } as { turnId: string; prompt: string } | null };
  const subagents = { show: record('showSubagents') };
  const mentions: ChatMentions = {
    find: async (words) => [{ kind: 'file', label: `${words}.ts`, detail: 'src', path: `src/${words}.ts` }],
    take: async ({ path }) => (path === undefined ? null : { type: 'file', path }),
  };
  const hooks = { show: record('showHooks') };
  const requests = new PendingRequests();
  const bridge = new ChatBridge({
    sessions: sessions satisfies ChatSessions,
    history: history satisfies ChatHistory,
    models: models satisfies ChatModels,
    review: review satisfies ChatReview,
    safety: safety satisfies ChatSafety,
    memory: memory satisfies ChatMemory,
    mentions,
    mcp: mcp satisfies ChatMcp,
    sights: sights satisfies ChatSights,
    subagents: subagents satisfies ChatSubagents,
    hooks: hooks satisfies ChatHooks,
    editor: editor satisfies ChatEditor,
    files,
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
  return {
    bridge,
    files,
    sessions,
    history,
    models,
    review,
    mcp,
    editor,
    server,
    requests,
    posted,
    calls,
    types,
    nextFrame,
    ready,
  };
}

export const event = (sessionId: string, seq: number): EventEnvelope => ({
  sessionId,
  seq,
  event: { type: 'notice', text: `${seq}` },
});
