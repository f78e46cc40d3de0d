import type {
  EditorContext,
  FromWebview,
  HistoryPage,
  HistoryScope,
  McpFailure,
  Mention,
  Overview,
  RejectionReason,
  ServerState,
  SessionEntry,
  Sight,
  ToWebview,
} from './bridge';
import type {
  AskQuestionParams,
  CommandSummary,
  EventEnvelope,
  ExcerptSource,
  ExportFormat,
  GrantScope,
  InputPart,
  ListModelsResult,
  ModelSummary,
  OfferAnswer,
  PendingFile,
  PermissionDecision,
  PermissionMode,
  PermissionRequestParams,
  PermissionRequestResult,
  PlanComment,
  PlanDecision,
  ProjectOffer,
  Question,
  QuestionSource,
  ResourceSummary,
  RestorableFile,
  ReviewPlanParams,
  ReviewPlanResult,
  SteerKind,
} from './generated';
import {
  amount,
  anything,
  count,
  flag,
  listOf,
  object,
  optional,
  orNull,
  type Shapes,
  text,
  union,
  word,
} from './shapes';

const mode = word<PermissionMode>({ ask: true, autoEdit: true, plan: true, full: true });

const part = union<InputPart>({
  text: { text },
  file: { path: text },
  image: { mediaType: text, data: text },
  selection: { path: text, startLine: count, endLine: count, text, wholeFile: optional(flag) },
  resource: { server: text, uri: text, text, isTrusted: optional(flag) },
  excerpt: {
    source: word<ExcerptSource>({ problems: true, terminal: true, changes: true, test: true, conflict: true }),
    title: text,
    text,
  },
});
const input = listOf(part);

const mention = object<Mention>({
  kind: word<Mention['kind']>({
    file: true,
    folder: true,
    symbol: true,
    selection: true,
    problems: true,
    terminal: true,
    changes: true,
  }),
  label: text,
  detail: text,
  path: optional(text),
  lines: optional(listOf(count)),
});

const answer = object<PermissionRequestResult>({
  decision: word<PermissionDecision>({ allow: true, deny: true }),
  scope: optional(word<GrantScope>({ once: true, session: true, workspace: true, user: true })),
  reason: optional(text),
  input: anything,
  rule: optional(text),
});

const planAnswer = object<ReviewPlanResult>({
  decision: word<PlanDecision>({ accept: true, revise: true, reject: true }),
  mode: optional(mode),
  plan: optional(text),
  comments: optional(listOf(object<PlanComment>({ line: count, quote: text, text }))),
  reason: optional(text),
});

/** Webview → host: everything is looked at, because what a page can be made to say would be done. */
export const fromWebview: Shapes<FromWebview> = {
  ready: {},
  send: { input, mode },
  say: { id: text, kind: word<SteerKind>({ steer: true, queue: true }), input, mode },
  editQueued: { id: text, input },
  removeQueued: { id: text },
  reorderQueued: { ids: listOf(text) },
  runNext: { mode },
  compact: {},
  listCommands: {},
  showMcp: {},
  listResources: {},
  findMentions: { words: text },
  takeMention: { item: mention },
  showMemory: {},
  show: { what: word<Sight>({ checkpoints: true, context: true, cost: true, doctor: true, skills: true }) },
  showSubagents: {},
  showHooks: {},
  remember: { text },
  newSession: {},
  resend: {
    sessionId: text,
    turnId: text,
    atSeq: count,
    input,
    mode,
    files: word<'keep' | 'restore' | 'overwrite'>({ keep: true, restore: true, overwrite: true }),
  },
  stop: {},
  stopBackground: { taskId: text },
  keepBackground: { taskId: text },
  moveToBackground: { callId: text },
  stopCall: { callId: text },
  steerSubagent: { callId: text, id: text, text },
  openSession: { sessionId: text },
  pageSession: { sessionId: text, beforeSeq: count },
  listHistory: {
    id: count,
    words: text,
    scope: word<HistoryScope>({ here: true, everywhere: true, deleted: true }),
    limit: count,
  },
  renameSession: { sessionId: text, title: text },
  deleteSession: { sessionId: text, title: text },
  restoreSession: { sessionId: text },
  forkSession: { sessionId: text, atSeq: optional(count) },
  exportSession: { sessionId: text, format: word<ExportFormat>({ markdown: true, json: true }) },
  importSession: {},
  review: {
    action: word<'keep' | 'undo' | 'open' | 'commit'>({ keep: true, undo: true, open: true, commit: true }),
    path: optional(text),
  },
  openSince: { turnId: text },
  previewRestore: { turnId: text },
  restore: { turnId: text, overwrite: flag },
  redo: { restoreId: text },
  answerPermission: { callId: text, answer },
  answerQuestion: { callId: text, answers: orNull(listOf(listOf(text))), declined: optional(flag) },
  answerPlan: { callId: text, answer: planAnswer },
  setMode: { mode },
  selectModel: { id: text },
  connectModel: {},
  setApiKey: { provider: optional(text) },
  openFolder: {},
  openFile: { path: text, line: optional(count) },
  openLink: { url: text },
  copy: { text },
  applyCode: { code: text, language: text, named: listOf(text), nearby: listOf(text), mode },
  insertAtCursor: { text },
  pasteInTerminal: { text },
  manageTrust: {},
  answerOffer: {
    kind: text,
    hash: text,
    answer: word<OfferAnswer>({ use: true, notNow: true, never: true }),
  },
  restartServer: {},
  showLog: {},
};

/** An event of a kind that this page does not know is for the reducer to leave out, so the envelope is what is looked at. */
const event = object<EventEnvelope>({
  sessionId: text,
  event: object<{ type: string }>({ type: text }),
  seq: optional(count),
  at: optional(text),
});
const events = listOf(event);

const state = (value: unknown) =>
  object<{ kind: ServerState['kind'] }>({
    kind: word<ServerState['kind']>({ starting: true, running: true, stopped: true }),
  })(value) &&
  object<{ message: string; canRestart: boolean }>({ message: optional(text), canRestart: optional(flag) })(value);

const permission = object<PermissionRequestParams>({
  sessionId: text,
  callId: text,
  toolName: text,
  title: text,
  input: anything,
  rule: text,
  previews: optional(
    listOf(object<{ path: string; hunks: readonly unknown[] }>({ path: text, hunks: listOf(anything) })),
  ),
  widerRule: optional(text),
  reason: optional(text),
  danger: optional(text),
});

const question = object<AskQuestionParams>({
  sessionId: text,
  callId: text,
  questions: listOf(
    object<Question>({
      text,
      options: listOf(object<{ label: string }>({ label: text })),
      multiple: optional(flag),
      isOptional: optional(flag),
      isClosed: optional(flag),
    }),
  ),
  from: optional(object<QuestionSource>({ server: text, message: text })),
});

const pendingFile = object<Pick<PendingFile, 'path' | 'kind' | 'added' | 'removed' | 'hunks'>>({
  path: text,
  kind: text,
  added: count,
  removed: count,
  hunks: listOf(anything),
});

const session = object<SessionEntry>({
  sessionId: text,
  title: text,
  updatedAt: text,
  state: optional(word<'running' | 'waiting'>({ running: true, waiting: true })),
  isFork: optional(flag),
  changedFiles: optional(count),
  workspace: optional(text),
  snippet: optional(text),
});

const model = object<Pick<ModelSummary, 'id' | 'provider' | 'name' | 'ready' | 'contextWindow'>>({
  id: text,
  provider: text,
  name: text,
  ready: flag,
  contextWindow: optional(amount),
});

const command = object<Pick<CommandSummary, 'name' | 'description' | 'place' | 'argumentHint'>>({
  name: text,
  description: text,
  place: text,
  argumentHint: optional(text),
});

const overview = (value: unknown) =>
  object<{ kind: Overview['kind'] }>({ kind: word<Overview['kind']>({ context: true, cost: true, doctor: true }) })(
    value,
  ) &&
  object<{ context: unknown; cost: unknown; doctor: unknown }>({
    context: optional(
      object<{ model: string; parts: readonly unknown[] }>({
        model: text,
        parts: listOf(
          object<{ kind: string; tokens: number; name: string }>({ kind: text, tokens: amount, name: optional(text) }),
        ),
      }),
    ),
    cost: optional(
      object<{ lines: readonly unknown[] }>({
        lines: listOf(
          object<{ purpose: string; requests: number; usage: unknown; model: string }>({
            purpose: text,
            requests: count,
            usage: object<{ inputTokens: number; outputTokens: number }>({ inputTokens: amount, outputTokens: amount }),
            model: optional(text),
          }),
        ),
      }),
    ),
    doctor: optional(
      object<{ findings: readonly unknown[] }>({
        findings: listOf(
          object<{ verdict: string; subject: string; text: string }>({ verdict: text, subject: text, text }),
        ),
      }),
    ),
  })(value);

const offer = object<ProjectOffer>({ kind: text, place: text, lines: listOf(text), hash: text });

/** Host → webview: a page can be sent messages by whoever gets hold of its window. */
export const toWebview: Shapes<ToWebview> = {
  initialized: {
    mode,
    workspaceName: orNull(text),
    sessionId: orNull(text),
    show: orNull(word<'composer' | 'history'>({ composer: true, history: true })),
  },
  serverState: { state },
  sessionOpened: { sessionId: text, events, running: flag },
  earlierEvents: { sessionId: text, beforeSeq: count, events: orNull(events) },
  events: { events },
  turnRejected: {
    sessionId: text,
    message: text,
    input: optional(input),
    reason: optional(word<RejectionReason>({ noFolder: true })),
  },
  resent: { done: flag },
  permissionRequested: { request: permission },
  permissionClosed: { callId: text },
  questionAsked: { request: question },
  questionClosed: { callId: text },
  planAsked: { request: object<ReviewPlanParams>({ sessionId: text, callId: text, plan: text }) },
  planClosed: { callId: text },
  pendingFiles: { sessionId: text, files: listOf(pendingFile) },
  restorePreview: {
    turnId: text,
    files: orNull(listOf(object<Pick<RestorableFile, 'path' | 'hunks'>>({ path: text, hunks: listOf(anything) }))),
  },
  reveal: { callId: text, turnId: text },
  models: { models: object<ListModelsResult>({ models: listOf(model), selected: text }) },
  commands: { commands: listOf(command), problems: listOf(text) },
  overview: { overview },
  restoreChosen: { turnId: text, prompt: text },
  mentionsFound: { words: text, items: listOf(mention) },
  resources: {
    resources: listOf(object<ResourceSummary>({ server: text, uri: text, name: text, description: optional(text) })),
  },
  history: { id: count, page: object<HistoryPage>({ sessions: listOf(session), hasMore: flag }) },
  historyFailed: { id: count, message: text },
  historyChanged: {
    deleted: optional(object<{ sessionId: string; title: string }>({ sessionId: text, title: text })),
  },
  told: { text },
  remembered: { text, place: text },
  safety: { trusted: flag, offers: listOf(offer) },
  mcpFailed: { servers: listOf(object<McpFailure>({ name: text, reason: text })) },
  editorContext: {
    context: orNull(object<EditorContext>({ path: text, selection: optional(object<{ text: string }>({ text })) })),
  },
  attach: { part },
  showHistory: {},
  find: {},
  focusComposer: {},
};
