// Written by tests/Sage.Protocol.Tests/TypeScript/GeneratedTypeScriptTests.cs from the records of server/Sage.Protocol.
// Do not edit: change the records and run `dotnet test tests/Sage.Protocol.Tests`.

export interface BackgroundTaskSummary {
  /** Unique in the session. */
  readonly taskId: string;
  /** The call that started it. */
  readonly callId: string;
  /** The command, in one line. */
  readonly title: string;
  /** UTC. */
  readonly startedAt: string;
  /** Why it ended; absent while it runs. */
  readonly how?: BackgroundEndHow;
  /** Of its command; absent while it runs and when a signal ended it. */
  readonly exitCode?: number;
}

/** `Methods.listBackground`. */
export interface ListBackgroundParams {
  /** The session. */
  readonly sessionId: string;
}

export interface ListBackgroundResult {
  /** In the order in which they were started; those that ended long ago are left out. */
  readonly tasks: readonly BackgroundTaskSummary[];
}

/** `Methods.moveToBackground`: lets a running command go on while the turn does. */
export interface MoveToBackgroundParams {
  /** The session. */
  readonly sessionId: string;
  /** The call whose command runs. */
  readonly callId: string;
}

export interface MoveToBackgroundResult {
  /** The task that the command has become. */
  readonly taskId: string;
}

/** `Methods.readBackgroundOutput`. */
export interface ReadBackgroundOutputParams {
  /** The session. */
  readonly sessionId: string;
  /** The task. */
  readonly taskId: string;
}

/** The end of what a task has said; `BackgroundOutput` events go on from there. */
export interface ReadBackgroundOutputResult {
  /** Where the text starts, in UTF-16 code units of what the task has said since it is one. */
  readonly offset: number;
  /** At most 64 K code units. */
  readonly text: string;
}

/** `Methods.stopBackground`: answers when the task and everything it started have ended. */
export interface StopBackgroundParams {
  /** The session. */
  readonly sessionId: string;
  /** The task. Stopping it a second time kills it at once; stopping what has ended does nothing. */
  readonly taskId: string;
}

/** The answer of a request that has nothing to say (a class: MediatR's own `Unit` is a struct and fails under AOT). */
export type Done = Record<string, never>;

/** JSON-RPC error codes: the standard ones and ours. */
export const ErrorCodes = {
  parseError: -32700,
  invalidRequest: -32600,
  methodNotFound: -32601,
  invalidParams: -32602,
  internalError: -32603,
  /** LSP: a request arrived before `initialize`. */
  serverNotInitialized: -32002,
  /** LSP: the client cancelled the request. */
  requestCancelled: -32800,
  /** No session has this id in this workspace. */
  unknownSession: -31001,
  /** The session already runs a turn. */
  turnRunning: -31002,
  /** No model is configured, or the id names none. */
  unknownModel: -31003,
  /** No folder is open, or the folder does not exist. */
  noWorkspace: -31004,
  /** Sage's own files could not be read or written (disk full, permissions). */
  storageFailed: -31005,
  /** There is no turn that could take a steer. */
  noTurnRunning: -31006,
  /** The queued prompt or steer was delivered or taken back before, or never was. */
  notWaiting: -31007,
  /** No turn of the session was cut off while it asked the user. */
  noTurnSuspended: -31008,
} as const;

export type ErrorCode = (typeof ErrorCodes)[keyof typeof ErrorCodes];

export type BackgroundEndHow = 'exited' | 'stopped' | 'sessionClosed' | 'crashed';

/** A background task has ended, with everything it had started. */
export interface BackgroundEnded {
  readonly type: 'backgroundEnded';
  /** The task. */
  readonly taskId: string;
  /** Why it ended. */
  readonly how: BackgroundEndHow;
  /** Milliseconds from its start; 0 when nobody was there to see the end. */
  readonly ms: number;
  /** Of its command; absent when a signal ended it. */
  readonly exitCode?: number;
}

/** Live output of a background task. */
export interface BackgroundOutput {
  readonly type: 'backgroundOutput';
  /** The task. */
  readonly taskId: string;
  /** Where the piece starts, in UTF-16 code units of what the task has said since it is one. */
  readonly offset: number;
  /** The piece. */
  readonly text: string;
}

/** Something runs on although its call has its result. It ends with the session at the latest. */
export interface BackgroundStarted {
  readonly type: 'backgroundStarted';
  /** Unique in the session. */
  readonly taskId: string;
  /** The call that started it. */
  readonly callId: string;
  /** One line for people: the command. */
  readonly title: string;
}

/**
 * The conversation was made shorter, because the model's context was full or the user asked. Without a summary, long
 * results of tools were left out of all but the newest passages (a prompt, or a reply with its results); with one, it
 * stands for all but these.
 */
export interface Compacted {
  readonly type: 'compacted';
  /** How many of the newest passages stayed as they were. */
  readonly kept: number;
  /** Why. */
  readonly reason: CompactionReason;
  /** About. */
  readonly tokensBefore: number;
  /** About. */
  readonly tokensAfter: number;
  /** What the model reads instead of the older passages. */
  readonly summary?: string;
  /** Tokens of the request that summarised. */
  readonly usage?: TokenUsage;
}

/** The conversation is being summarised; `Compacted` follows, unless it is cancelled. */
export interface Compacting {
  readonly type: 'compacting';
  /** Why. */
  readonly reason: CompactionReason;
}

/** Why a conversation is made shorter. */
export type CompactionReason = 'full' | 'overflow' | 'requested';

/** Journalled, numbered, and enough to rebuild the session. */
export type DurableEvent =
  | BackgroundEnded
  | BackgroundStarted
  | Compacted
  | FileChanged
  | Notice
  | PermissionAnswered
  | PermissionAsked
  | PlanUpdated
  | QueueReordered
  | ReplyEnded
  | SessionCreated
  | Steer
  | ToolCallEnded
  | ToolCallStarted
  | TurnEnded
  | TurnStarted
  | UsageReported;

/** One event on the wire: the parameters of `sage/event`, and one line of `sage exec --json`. */
export interface EventEnvelope {
  /** The session it belongs to. */
  readonly sessionId: string;
  /** What happened. */
  readonly event: SessionEvent;
  /** Gap-free from 1 for durable events; absent for transient ones. */
  readonly seq?: number;
  /** When a durable event was written (UTC). */
  readonly at?: string;
}

export type FileChangeKind = 'created' | 'modified' | 'deleted';

export interface FileChanged {
  readonly type: 'fileChanged';
  /** The call that changed it. */
  readonly callId: string;
  /** Relative to the workspace root, with forward slashes. */
  readonly path: string;
  /** What happened to the file. */
  readonly kind: FileChangeKind;
  /** What changed. */
  readonly hunks: readonly Hunk[];
}

/** A change to one file, before or after it is made. */
export interface FileDiff {
  readonly path: string;
  readonly kind: FileChangeKind;
  readonly hunks: readonly Hunk[];
}

/** One hunk of a unified diff. */
export interface Hunk {
  /** 1-based line in the old text (0 when the old text is empty). */
  readonly oldStart: number;
  /** Lines of the old text it covers. */
  readonly oldLines: number;
  /** 1-based line in the new text (0 when the new text is empty). */
  readonly newStart: number;
  /** Lines of the new text it covers. */
  readonly newLines: number;
  /** Each starts with a space, `+` or `-`; no line endings. */
  readonly lines: readonly string[];
}

/** Something the user should know that is not the model's words. */
export interface Notice {
  readonly type: 'notice';
  readonly text: string;
}

export interface PermissionAnswered {
  readonly type: 'permissionAnswered';
  /** The call. */
  readonly callId: string;
  /** Allow or deny. */
  readonly decision: PermissionDecision;
  /** How long the grant holds. */
  readonly scope: GrantScope;
  /** The rule that was granted, when the scope is wider than once. */
  readonly rule?: string;
}

export interface PermissionAsked {
  readonly type: 'permissionAsked';
  /** The call that waits. */
  readonly callId: string;
  /** The rule a grant would save. */
  readonly rule: string;
}

export interface PlanItem {
  readonly text: string;
  readonly status: PlanItemStatus;
}

export type PlanItemStatus = 'pending' | 'in_progress' | 'completed';

/** The whole plan as it now is. */
export interface PlanUpdated {
  readonly type: 'planUpdated';
  readonly items: readonly PlanItem[];
}

/** What waits has a new order. */
export interface QueueReordered {
  readonly type: 'queueReordered';
  /** First these, in this order; then the rest. */
  readonly ids: readonly string[];
}

export interface ReasoningBlock {
  /** For people. */
  readonly text: string;
  /** Opaque; returned to the provider as it came (Anthropic). */
  readonly signature?: string;
}

/** Like `TextDelta`, for the model's reasoning. */
export interface ReasoningDelta {
  readonly type: 'reasoningDelta';
  readonly replyId: string;
  readonly offset: number;
  readonly text: string;
}

/** A reply of the model is complete, or was cut off. Its tool calls carry the same `replyId`. */
export interface ReplyEnded {
  readonly type: 'replyEnded';
  /** Unique in the session. */
  readonly replyId: string;
  /** Why the model stopped. */
  readonly stopReason: StopReason;
  /** The whole text. */
  readonly text: string;
  /** Reasoning blocks, with what the wire format needs to send them back. */
  readonly reasoning?: readonly ReasoningBlock[];
}

/** A model request failed and will be sent again. */
export interface Retrying {
  readonly type: 'retrying';
  /** 1 for the first retry. */
  readonly attempt: number;
  /** Milliseconds until it is sent. */
  readonly delayMs: number;
  /** For people: `The provider is overloaded (529)`. */
  readonly reason: string;
}

/** Always the first event of a journal. */
export interface SessionCreated {
  readonly type: 'sessionCreated';
  /** The journal's format; 1. */
  readonly version: number;
  /** Absolute path of the workspace root. */
  readonly workspace: string;
}

/**
 * The one event vocabulary: streamed to the editor, appended to the journal and replayed into the webview. Closed:
 * every member is listed here.
 */
export type SessionEvent =
  | BackgroundEnded
  | BackgroundOutput
  | BackgroundStarted
  | Compacted
  | Compacting
  | FileChanged
  | Notice
  | PermissionAnswered
  | PermissionAsked
  | PlanUpdated
  | QueueReordered
  | ReasoningDelta
  | ReplyEnded
  | Retrying
  | SessionCreated
  | Steer
  | Stopping
  | TextDelta
  | ToolCallDelta
  | ToolCallEnded
  | ToolCallSettled
  | ToolCallStarted
  | ToolOutput
  | TurnEnded
  | TurnStarted
  | UsageReported
  | WorkStopped;

/** Words that the user sent beside the running turn got further. */
export interface Steer {
  readonly type: 'steer';
  /** Unique in the session. Accepted again, it was edited, or its kind changed. */
  readonly id: string;
  /** How far they got. */
  readonly state: SteerState;
  /** Where they go. */
  readonly kind: SteerKind;
  /** What they say; on delivery, files as they were read then. Absent when dropped. */
  readonly input?: readonly InputPart[];
}

export type StopReason =
  | 'endTurn'
  | 'toolCalls'
  | 'maxTokens'
  | 'contentFilter'
  | 'refusal'
  | 'interrupted'
  | 'failed'
  | 'unknown';

/** The turn was told to stop. */
export interface Stopping {
  readonly type: 'stopping';
  /** What ran at that moment; a parent stands before its parts. */
  readonly work: readonly RunningWork[];
}

export interface TextDelta {
  readonly type: 'textDelta';
  /** The reply that grows. */
  readonly replyId: string;
  /** Where the piece starts, in UTF-16 code units of the reply's text. */
  readonly offset: number;
  /** The piece. */
  readonly text: string;
}

/** A piece of a call's arguments, as the model writes them. */
export interface ToolCallDelta {
  readonly type: 'toolCallDelta';
  /** The call. */
  readonly callId: string;
  /** The tool's name. */
  readonly name: string;
  /** A piece of JSON text. */
  readonly delta: string;
}

/** The one result of a call. Results are in call order. */
export interface ToolCallEnded {
  readonly type: 'toolCallEnded';
  /** The call. */
  readonly callId: string;
  /** How it ended. */
  readonly status: ToolCallStatus;
  /** What the model reads. */
  readonly text: string;
  /** Milliseconds from the start of the tool's own work to its end; 0 when it never ran. */
  readonly durationMs: number;
  /** Images the model sees. */
  readonly images?: readonly Omit<ImagePart, 'type'>[];
}

/** A call is done. Its `ToolCallEnded` follows in call order, when every earlier call has one. */
export interface ToolCallSettled {
  readonly type: 'toolCallSettled';
  readonly callId: string;
  readonly status: ToolCallStatus;
  readonly durationMs: number;
}

/** A call's arguments are complete. Calls appear in the order in which the model made them. */
export interface ToolCallStarted {
  readonly type: 'toolCallStarted';
  /** Unique in the session. */
  readonly callId: string;
  /** The reply that made it. */
  readonly replyId: string;
  /** The tool's name, as the model wrote it. */
  readonly name: string;
  /** One line for people. */
  readonly title: string;
  /** The arguments; an empty object when the model wrote no valid JSON object. */
  readonly input: unknown;
}

export type ToolCallStatus = 'ok' | 'error' | 'denied' | 'timedOut' | 'cancelled' | 'crashed';

/** Live output of a running call. */
export interface ToolOutput {
  readonly type: 'toolOutput';
  /** The call. */
  readonly callId: string;
  /** Where the piece starts, in UTF-16 code units of the call's output. */
  readonly offset: number;
  /** The piece. */
  readonly text: string;
}

/** Streamed only: what it says is repeated by a durable event, or is of no use afterwards. */
export type TransientEvent =
  | BackgroundOutput
  | Compacting
  | ReasoningDelta
  | Retrying
  | Stopping
  | TextDelta
  | ToolCallDelta
  | ToolCallSettled
  | ToolOutput
  | WorkStopped;

/** Always the last event of a turn. */
export interface TurnEnded {
  readonly type: 'turnEnded';
  /** The turn. */
  readonly turnId: string;
  /** Why it ended. */
  readonly outcome: TurnOutcome;
  /** Tokens of the whole turn. */
  readonly usage: TokenUsage;
  /** Set when it failed. */
  readonly error?: TurnError;
  /** What was still running when it was stopped. */
  readonly stopped?: readonly StoppedWork[];
}

export interface TurnStarted {
  readonly type: 'turnStarted';
  /** Unique in the session. */
  readonly turnId: string;
  /** The user's words. */
  readonly prompt: string;
  /** The permission mode of the turn. */
  readonly mode: PermissionMode;
  /** The id of the model that answers. */
  readonly model: string;
  /** What came with the words, files as they were read then. */
  readonly attachments?: readonly InputPart[];
  /** The queued prompt that this is; it does not wait any more. */
  readonly queuedId?: string;
}

/** Tokens of one model request. */
export interface UsageReported {
  readonly type: 'usage';
  readonly replyId: string;
  readonly usage: TokenUsage;
}

/** One thing went quiet after a stop. `TurnEnded.stopped` repeats all of them. */
export interface WorkStopped {
  readonly type: 'workStopped';
  /** For people. */
  readonly what: string;
  /** For example `cancelled`, `ended by SIGTERM`, `killed`. */
  readonly how: string;
  /** Milliseconds from the stop to its end. */
  readonly ms: number;
  /** The work in `Stopping`; absent for what was not listed there, such as a grandchild process. */
  readonly id?: number;
  /** The work it was a part of. */
  readonly parentId?: number;
}

/** A piece of the replacement. */
export interface InlineEditProgress {
  /** Where the piece starts, in UTF-16 code units of the replacement so far. */
  readonly offset: number;
  /** The piece. */
  readonly text: string;
}

/** `Methods.runInlineEdit`: rewrite one range of one document by an instruction. */
export interface RunInlineEditParams {
  /** Absolute path of the document; its unsaved text (from document sync) is what is edited. */
  readonly path: string;
  /** 1-based first line of the target. */
  readonly startLine: number;
  /** 1-based last line of the target, inclusive. An empty target is one line before which text is inserted. */
  readonly endLine: number;
  /** What the user asked for. */
  readonly instruction: string;
  /** True to insert before `startLine` instead of replacing the range. */
  readonly insert?: boolean;
  /** When given, `InlineEditProgress` values arrive as `$/progress` under this token. */
  readonly partialResultToken?: string;
  /** A model id; the selected model when absent. */
  readonly model?: string;
}

/** The whole replacement, once more, when the stream has ended. */
export interface RunInlineEditResult {
  /** The text that replaces the target: whole lines joined by LF, without a final newline. */
  readonly text: string;
  /** Set when the model failed; `text` is then what had arrived and must not be kept. */
  readonly error?: TurnError;
}

/** `Methods.saveDocument`. */
export interface SaveDocumentParams {
  /** Absolute path of an open document. */
  readonly path: string;
}

export interface SaveDocumentResult {
  /** False when the editor refused (read-only, conflict on disk). */
  readonly saved: boolean;
}

/** `Methods.listModels`. */
export type ListModelsParams = Record<string, never>;

export interface ListModelsResult {
  /** What can be chosen, in the order to show. */
  readonly models: readonly ModelSummary[];
  /** The id new turns use; the demo model's when nothing else is configured. */
  readonly selected: string;
}

export interface ModelSummary {
  /** `provider/model`, unique. */
  readonly id: string;
  /** For example `anthropic`. */
  readonly provider: string;
  /** For people. */
  readonly name: string;
  /** False when a key is missing. */
  readonly ready: boolean;
  /** Why it is not ready, or something worth knowing: `Set a key with “Sage: Set API Key”`. */
  readonly hint?: string;
  /** Tokens, where known. */
  readonly contextWindow?: number;
}

/** `Methods.selectModel`. */
export interface SelectModelParams {
  readonly id: string;
}

/** `Methods.setModelKey`. The key stays in memory: the client stores it, the server never does. */
export interface SetModelKeyParams {
  /** For example `anthropic`. */
  readonly provider: string;
  /** The key; null forgets it. */
  readonly key: string | null;
}

/** The name of every Sage request and notification on the wire, each written once. */
export const Methods = {
  /** Client → server, long-running: runs one turn and answers when it has ended. */
  runTurn: 'sage/turn/run',
  /** Client → server: the second Stop, which waits for nothing. */
  resumeTurn: 'sage/turn/resume',
  killTurn: 'sage/turn/kill',
  /** Client → server: words for the turn that runs. */
  steerTurn: 'sage/turn/steer',
  /** Client → server: a prompt that waits for a turn of its own. */
  queuePrompt: 'sage/turn/queue',
  /** Client → server: other words for what waits. */
  editQueued: 'sage/turn/editQueued',
  /** Client → server: takes back what waits. */
  removeQueued: 'sage/turn/removeQueued',
  /** Client → server: the order of what waits. */
  reorderQueued: 'sage/turn/reorderQueued',
  /** Client → server: makes a new, empty session. */
  createSession: 'sage/session/create',
  /** Client → server: the sessions of the workspace, newest first. */
  listSessions: 'sage/session/list',
  /** Client → server: loads a session and returns its events. */
  compactSession: 'sage/session/compact',
  openSession: 'sage/session/open',
  /** Client → server: what runs in the background of a session. */
  listBackground: 'sage/background/list',
  /** Client → server: ends one background task. */
  stopBackground: 'sage/background/stop',
  /** Client → server: the end of what a background task has said. */
  readBackgroundOutput: 'sage/background/output',
  /** Client → server: makes the command of a running call a background task. */
  moveToBackground: 'sage/command/background',
  /** Server → client notification: one `EventEnvelope`. */
  event: 'sage/event',
  /** Server → client: may this tool call run? */
  requestPermission: 'sage/permission/request',
  /** Server → client: questions the model puts to the user. */
  askQuestion: 'sage/question/ask',
  /** Client → server: the models that can be chosen, and which one is. */
  listModels: 'sage/model/list',
  /** Client → server: the model that new turns use. */
  selectModel: 'sage/model/select',
  /** Client → server: hands over (or forgets) an API key. Keys travel only here. */
  setModelKey: 'sage/model/setKey',
  /** Client → server, long-running: rewrites a range; text streams as `$/progress` partial results. */
  runInlineEdit: 'sage/inlineEdit/run',
  /** Client → server: everything that runs in the server. */
  runtimeSnapshot: 'sage/runtime/snapshot',
  /** Server → client: save this open document (it was clean before Sage edited it). */
  saveDocument: 'sage/document/save',
} as const;

export type Method = (typeof Methods)[keyof typeof Methods];

/** How long a grant holds. */
export type GrantScope = 'once' | 'session';

export type PermissionDecision = 'allow' | 'deny';

/** What may run without asking. */
export type PermissionMode = 'ask' | 'autoEdit' | 'plan' | 'full';

/** `Methods.requestPermission`: may this call run? Cancelled by the server when the turn is stopped. */
export interface PermissionRequestParams {
  /** The session that asks. */
  readonly sessionId: string;
  /** The tool call; the approval belongs on its card. */
  readonly callId: string;
  /** For example `run_command`. */
  readonly toolName: string;
  /** One line for people: `Run npm test`. */
  readonly title: string;
  /** The call's arguments as the model wrote them. */
  readonly input: unknown;
  /** The exact rule a wider grant would save: `run_command(npm test)`. */
  readonly rule: string;
  /** What an edit would change, when that is known before it runs. */
  readonly preview?: FileDiff;
}

export interface PermissionRequestResult {
  /** Allow or deny. */
  readonly decision: PermissionDecision;
  /** How long an allow holds for the rule. */
  readonly scope?: GrantScope;
  /** Why the user said no; the model reads it. */
  readonly reason?: string;
}

/** `Methods.askQuestion`: a card with one or more questions. Cancelled by the server when the turn is stopped. */
export interface AskQuestionParams {
  readonly sessionId: string;
  readonly callId: string;
  readonly questions: readonly Question[];
}

export interface AskQuestionResult {
  /** One entry a question, in order: the chosen labels, or the user's own words. */
  readonly answers: readonly (readonly string[])[];
  /** True when the user closed the card without answering. */
  readonly dismissed?: boolean;
}

export interface Question {
  /** The question. */
  readonly text: string;
  /** Suggested answers; the user may always write their own. */
  readonly options: readonly QuestionOption[];
  /** Whether several options may be chosen. */
  readonly multiple?: boolean;
}

export interface QuestionOption {
  readonly label: string;
  readonly description?: string;
}

export interface OpenSession {
  /** The session. */
  readonly sessionId: string;
  /** True while a turn runs. */
  readonly running: boolean;
  /** Steers and queued prompts that no model has read yet. */
  readonly waitingPrompts: number;
  /** Events on their way to the client. */
  readonly unsentEvents: number;
}

/** One thing that runs. */
export interface RunningWork {
  /** Unique in the life of the server. */
  readonly id: number;
  /** What sort of thing. */
  readonly kind: WorkKind;
  /** For people: `run_command: npm test`. */
  readonly what: string;
  /** What it does or waits for. */
  readonly state: WorkState;
  /** Milliseconds since it started. */
  readonly ageMs: number;
  /** What it is a part of; absent for a turn. */
  readonly parentId?: number;
  /** The session it belongs to. */
  readonly sessionId?: string;
  /** The tool call that it is. */
  readonly callId?: string;
  /** The operating system's process, for a command. */
  readonly pid?: number;
}

/** `Methods.runtimeSnapshot`: what runs in the server at this moment. */
export type RuntimeSnapshotParams = Record<string, never>;

export interface RuntimeSnapshotResult {
  /** The server itself. */
  readonly process: ServerProcess;
  /** The open sessions. */
  readonly sessions: readonly OpenSession[];
  /** Everything that runs; a parent stands before its parts. */
  readonly work: readonly RunningWork[];
}

export interface ServerProcess {
  /** Process id. */
  readonly pid: number;
  /** Of Sage. */
  readonly version: string;
  /** Milliseconds since it started. */
  readonly uptimeMs: number;
  /** Memory the operating system gives it. */
  readonly workingSetBytes: number;
  /** Managed memory. */
  readonly heapBytes: number;
  /** Threads of the pool. */
  readonly threadCount: number;
  /** What waits for a thread of the pool. */
  readonly pendingWorkItems: number;
}

/** What sort of thing runs. */
export type WorkKind = 'turn' | 'modelRequest' | 'toolCall' | 'process' | 'inlineEdit' | 'backgroundTask';

/** What running work does, or waits for. */
export type WorkState =
  | 'running'
  | 'connecting'
  | 'backingOff'
  | 'streaming'
  | 'waitingForCalls'
  | 'waitingForUser'
  | 'waitingForWorkspace'
  | 'stopping';

/**
 * `Methods.compactSession`: makes the conversation shorter now, as happens by itself when the model's context is nearly
 * full. Fails with `ErrorCodes.turnRunning` while a turn runs. Cancel it with `$/cancelRequest`.
 */
export interface CompactSessionParams {
  /** The session. */
  readonly sessionId: string;
}

export interface CompactSessionResult {
  /** False when there was nothing to leave out. */
  readonly compacted: boolean;
  /** About. */
  readonly tokensBefore: number;
  /** About. */
  readonly tokensAfter: number;
}

/** `Methods.createSession`. */
export type CreateSessionParams = Record<string, never>;

export interface CreateSessionResult {
  readonly sessionId: string;
}

/** `Methods.listSessions`. */
export interface ListSessionsParams {
  /** At most this many, newest first. */
  readonly limit?: number;
}

export interface ListSessionsResult {
  readonly sessions: readonly SessionSummary[];
}

/** `Methods.openSession`: the durable events from `fromSeq` on, then the partial text in flight. */
export interface OpenSessionParams {
  /** The session. */
  readonly sessionId: string;
  /** The first sequence number wanted; 1 is the start. */
  readonly fromSeq?: number;
}

export interface OpenSessionResult {
  /** The session. */
  readonly sessionId: string;
  /** In order; the durable ones first, then transient ones that rebuild what is in flight. */
  readonly events: readonly EventEnvelope[];
  /** True while a turn runs. */
  readonly running: boolean;
  /**
   * True when a crash cut off a turn that asked the user: `Methods.resumeTurn` asks again and goes on with it, a new
   * turn closes it.
   */
  readonly suspended?: boolean;
}

export interface SessionSummary {
  /** Opaque. */
  readonly sessionId: string;
  /** The start of the first prompt; empty for a session nobody has used. */
  readonly title: string;
  /** When its last event was written. */
  readonly updatedAt: string;
  /** True while a turn runs in this process. */
  readonly running?: boolean;
}

/** `Methods.editQueued`: other words for a prompt or steer that was not delivered yet. */
export interface EditQueuedParams {
  /** The session. */
  readonly sessionId: string;
  /** The prompt. Fails with `ErrorCodes.notWaiting` when it does not wait any more. */
  readonly id: string;
  /** Replaces what it said. */
  readonly input: readonly InputPart[];
}

/** A file (or folder) the user points at; the server reads it. */
export interface FilePart {
  readonly type: 'file';
  /** Absolute, or relative to the workspace root. */
  readonly path: string;
}

/** An image. */
export interface ImagePart {
  readonly type: 'image';
  /** For example `image/png`. */
  readonly mediaType: string;
  /** Base64. */
  readonly data: string;
}

/** One piece of what the user sends: words, or something attached to them. */
export type InputPart = FilePart | ImagePart | SelectionPart | TextPart;

/**
 * `Methods.killTurn`: the second Stop. What was told to end and has not yet is killed at once; a turn that was not
 * stopped before is. Harmless when no turn runs.
 */
export interface KillTurnParams {
  /** The session whose turn it is. */
  readonly sessionId: string;
}

/**
 * `Methods.queuePrompt`: a prompt for a turn of its own, after the one that runs. It waits until the client runs it
 * (`RunTurnParams.queuedId`): a stopped turn does not set it off.
 */
export interface QueuePromptParams {
  /** The session. */
  readonly sessionId: string;
  /** Chosen by the client, unique in the session. */
  readonly id: string;
  /** At least one part. */
  readonly input: readonly InputPart[];
}

/** `Methods.removeQueued`: takes back a prompt or steer that was not delivered yet. */
export interface RemoveQueuedParams {
  /** The session. */
  readonly sessionId: string;
  /** The prompt. Fails with `ErrorCodes.notWaiting` when it does not wait any more. */
  readonly id: string;
}

/** `Methods.reorderQueued`: what is to come first. */
export interface ReorderQueuedParams {
  /** The session. */
  readonly sessionId: string;
  /** Those that wait, in their new order; one that is left out keeps its place behind them. */
  readonly ids: readonly string[];
}

/**
 * `Methods.resumeTurn`: goes on with the turn that asked the user when the server was killed
 * (`OpenSessionResult.suspended`): asks again, then works on. Cancel it with `$/cancelRequest`. Fails with
 * `ErrorCodes.noTurnSuspended` when there is none.
 */
export interface ResumeTurnParams {
  /** The session whose turn it is. */
  readonly sessionId: string;
}

/** `Methods.runTurn`: one prompt, worked on until the model is done. Cancel it with `$/cancelRequest`. */
export interface RunTurnParams {
  /** From `Methods.createSession` or `Methods.listSessions`. */
  readonly sessionId: string;
  /** At least one part; empty with `queuedId`. */
  readonly input: readonly InputPart[];
  /** What may run without asking; the session's last mode when absent, `PermissionMode.ask` at first. */
  readonly mode?: PermissionMode;
  /** A model id from `Methods.listModels`; the selected one when absent. */
  readonly model?: string;
  /** Runs the prompt that waits under this id (`Methods.queuePrompt`). */
  readonly queuedId?: string;
}

/** How a turn ended. A cancelled turn is answered with this too (`TurnOutcome.interrupted`), not with an error. */
export interface RunTurnResult {
  /** Why it ended. */
  readonly outcome: TurnOutcome;
  /** Tokens of every model request of the turn. */
  readonly usage: TokenUsage;
  /** Set when `outcome` is `TurnOutcome.failed`. */
  readonly error?: TurnError;
  /** What was still running when the turn was stopped, and how each ended. */
  readonly stopped?: readonly StoppedWork[];
}

/** A range of a document, with the text the user saw. */
export interface SelectionPart {
  readonly type: 'selection';
  /** Absolute, or relative to the workspace root. */
  readonly path: string;
  /** 1-based. */
  readonly startLine: number;
  /** 1-based, inclusive. */
  readonly endLine: number;
  /** The selected text, unsaved changes included. */
  readonly text: string;
}

/** Where the words go. */
export type SteerKind = 'steer' | 'queue';

/** How far the words got. */
export type SteerState = 'accepted' | 'delivered' | 'dropped';

/**
 * `Methods.steerTurn`: words for the turn that runs. The model reads them before its next reply. A prompt that waits in
 * the queue is steered by its id. Fails with `ErrorCodes.noTurnRunning` when no turn can take it any more: run a turn
 * with it instead.
 */
export interface SteerTurnParams {
  /** The session whose turn runs. */
  readonly sessionId: string;
  /** Chosen by the client, unique in the session. */
  readonly id: string;
  /** At least one part. */
  readonly input: readonly InputPart[];
}

/** One thing that was running when the turn was stopped. */
export interface StoppedWork {
  /** For example `run_command: npm test`. */
  readonly what: string;
  /** For example `cancelled`, `ended by SIGTERM`, `killed`. */
  readonly how: string;
  /** Milliseconds from the stop to its end. */
  readonly ms: number;
  /** What had been running as part of it: the processes of a command. */
  readonly parts?: readonly StoppedWork[];
}

/** The user's words. */
export interface TextPart {
  readonly type: 'text';
  readonly text: string;
}

/** Tokens, as the provider counted them. */
export interface TokenUsage {
  /** Including cached ones. */
  readonly inputTokens: number;
  /** Including reasoning. */
  readonly outputTokens: number;
  /** The part of the input that was read from the provider's cache. */
  readonly cachedInputTokens?: number;
  /** The part of the output that was reasoning, where the provider tells. */
  readonly reasoningTokens?: number;
}

/** Why a turn failed. */
export interface TurnError {
  /** One of `TurnErrorCodes`. */
  readonly code: string;
  /** Says what happened and what to do. */
  readonly message: string;
  /** True when sending the same prompt again may work. */
  readonly retryable: boolean;
}

/** The values of `TurnError.code`. */
export const TurnErrorCodes = {
  noModel: 'noModel',
  authentication: 'authentication',
  modelNotFound: 'modelNotFound',
  badRequest: 'badRequest',
  contextOverflow: 'contextOverflow',
  rateLimited: 'rateLimited',
  overloaded: 'overloaded',
  network: 'network',
  timeout: 'timeout',
  invalidResponse: 'invalidResponse',
  maxTokens: 'maxTokens',
  contentFilter: 'contentFilter',
  refusal: 'refusal',
  unknownStop: 'unknownStop',
  loopDetected: 'loopDetected',
  storage: 'storage',
  internal: 'internal',
} as const;

export type TurnErrorCode = (typeof TurnErrorCodes)[keyof typeof TurnErrorCodes];

export type TurnOutcome = 'completed' | 'interrupted' | 'failed' | 'budgetExceeded' | 'maxSteps';
