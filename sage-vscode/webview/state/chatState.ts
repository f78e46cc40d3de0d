import type {
  EditorContext,
  McpFailure,
  Mention,
  Overview,
  RejectionReason,
  ServerState,
} from '../../src/protocol/bridge';
import type {
  AskQuestionParams,
  BackgroundEndHow,
  CommandSummary,
  EventEnvelope,
  FileChanged,
  HookRan,
  InputPart,
  ListModelsResult,
  PendingFile,
  PermissionAnswered,
  PermissionMode,
  PermissionRequestParams,
  PlanAnswered,
  PlanItem,
  ProjectOffer,
  ResourceSummary,
  RestorableFile,
  RestoredFile,
  RestoreKind,
  Retrying,
  ReviewPlanParams,
  RunningWork,
  SentCommand,
  SteerKind,
  StoppedWork,
  StopReason,
  TokenUsage,
  ToolCallEnded,
  ToolCallStatus,
  TurnError,
  TurnOutcome,
  WorkStopped,
} from '../../src/protocol/generated';
import type { Earlier } from './earlier';
import type { Editing } from './editing';
import type { HistoryState } from './history';
import type { OutputTail, TextStream } from './streams';
import type { Subagent } from './subagent';

export interface UserItem {
  readonly kind: 'user';
  readonly id: string;
  /** The number of the event that says so. */
  readonly seq: number;
  readonly prompt: string;
  readonly attachments: readonly InputPart[];
  /** What was sent instead, when the prompt was a command. */
  readonly command?: SentCommand | undefined;
  /** Said beside a turn that was running. */
  readonly isSteer?: true;
}

export interface ReplyItem {
  readonly kind: 'reply';
  readonly id: string;
  /** Empty while the reply streams: its text is then in `Live.replies`. */
  readonly text: string;
  readonly reasoning: string;
  /** Null while the reply streams. */
  readonly stopReason: StopReason | null;
}

export type ToolStatus = 'running' | 'waiting' | ToolCallStatus;

export interface ToolItem {
  readonly kind: 'tool';
  readonly id: string;
  readonly replyId: string;
  readonly name: string;
  readonly title: string;
  readonly input: unknown;
  readonly status: ToolStatus;
  /** What the model reads; empty until the call has ended. */
  readonly text: string;
  readonly durationMs: number;
  readonly images: NonNullable<ToolCallEnded['images']>;
  readonly changes: readonly FileChanged[];
  readonly answer: PermissionAnswered | null;
  /** The plan that the call proposes, and what the user said to it; null while they have not. */
  readonly proposed?: { readonly plan: string; readonly answer: PlanAnswered | null };
  /** What happens inside the sub-agent that the call runs. */
  readonly inside?: Subagent;
  /** Set when that goes on although the call has its result, until it has ended. */
  readonly beside?: 'working' | BackgroundEndHow;
  /** What hooks did with it. */
  readonly hooks?: readonly HookRan[];
}

export interface NoticeItem {
  readonly kind: 'notice';
  readonly id: string;
  readonly text: string;
}

/** What a hook did that belongs to no call. */
export interface HookItem {
  readonly kind: 'hook';
  readonly id: string;
  readonly ran: HookRan;
}

/** Here the conversation was made shorter for the model; people still see all of it. */
export interface CompactionItem {
  readonly kind: 'compaction';
  readonly id: string;
  readonly tokensBefore: number;
  readonly tokensAfter: number;
  /** What stands for the older part; null when only results of tools were left out. */
  readonly summary: string | null;
}

export interface TurnEndItem {
  readonly kind: 'turnEnd';
  readonly id: string;
  readonly outcome: TurnOutcome;
  readonly usage: TokenUsage;
  readonly error: TurnError | null;
  readonly stopped: readonly StoppedWork[];
  /** What the turn was asked, for Retry. */
  readonly input: readonly InputPart[];
}

/** Here the user took changes back, went back to before a prompt, or redid one of these. */
export interface RestoreItem {
  readonly kind: 'restore';
  readonly id: string;
  readonly what: RestoreKind;
  readonly files: readonly RestoredFile[];
  /** What was gone back to before, or whose changes were taken back; null when it was not a whole turn's. */
  readonly prompt: string | null;
  /** The user's words to the model. */
  readonly reason: string | null;
}

export type Item = UserItem | ReplyItem | ToolItem | NoticeItem | HookItem | CompactionItem | TurnEndItem | RestoreItem;

/** Words that no model has read yet. */
export interface WaitingPrompt {
  readonly id: string;
  readonly kind: SteerKind;
  readonly input: readonly InputPart[];
}

/** A command or sub-agent that runs on although its call has its result. */
export interface BackgroundTask {
  readonly id: string;
  readonly callId: string;
  readonly title: string;
  /** The kind of sub-agent; null for a command. */
  readonly subagent: string | null;
  /** Calls of the sub-agent that have no result yet: the user may be asked about them when no turn runs. */
  readonly open: readonly string[];
  readonly output: OutputTail;
}

/** What a stop has to end: what ran at that moment, and what has gone quiet since. */
export interface StopProgress {
  readonly work: readonly RunningWork[];
  readonly stopped: readonly WorkStopped[];
}

/** A call whose arguments are still being written. */
export interface DraftCall {
  readonly callId: string;
  readonly name: string;
  readonly json: string;
}

/** What transient events have told; a durable event that says the same takes its place. */
export interface Live {
  readonly replies: Readonly<Record<string, { readonly text: TextStream; readonly reasoning: TextStream }>>;
  readonly drafts: readonly DraftCall[];
  readonly outputs: Readonly<Record<string, OutputTail>>;
  /** What the sub-agents of calls are saying. */
  readonly inside: Readonly<Record<string, { readonly replyId: string; readonly text: TextStream }>>;
  readonly settled: Readonly<Record<string, { readonly status: ToolCallStatus; readonly durationMs: number }>>;
  readonly retrying: Retrying | null;
  readonly stop: StopProgress | null;
  /** The conversation is being summarised. */
  readonly compacting: boolean;
}

/** One session, folded from its events. */
export interface Transcript {
  readonly sessionId: string | null;
  /** The last durable event that is folded in. */
  readonly lastSeq: number;
  /** Durable events that came before one that is still missing. */
  readonly held: readonly EventEnvelope[];
  readonly items: readonly Item[];
  /** Steers for the running turn, and prompts for turns of their own. */
  readonly waiting: readonly WaitingPrompt[];
  readonly background: readonly BackgroundTask[];
  readonly plan: readonly PlanItem[];
  /** Whether Sage has changed a file: then there is something to go back to. */
  readonly hasChanges: boolean;
  /** What was undone or restored and not redone, the last one last: that one can be redone. */
  readonly redoable: readonly string[];
  /** Tokens of the last model request: how full the context is. */
  readonly usage: TokenUsage | null;
  /** The name it was given; null leaves it to the first prompt. */
  readonly title: string | null;
  /** US dollars of all requests whose price was known. */
  readonly cost: number;
  /** The model that was chosen for this session; null leaves it to what is chosen for all. */
  readonly model: string | null;
  readonly running: boolean;
  readonly live: Live;
  /** Set while the beginning of a long session is not here. */
  readonly earlier: Earlier | null;
}

/** A prompt that has become no turn, or a turn that was lost. */
export interface Rejection {
  readonly message: string;
  readonly reason?: RejectionReason | undefined;
  /** For Retry; empty when there is nothing to send again. */
  readonly input: readonly InputPart[];
  /** True when the prompt is not in the transcript. */
  readonly isUnseen: boolean;
}

/** The user wants to go back to before a turn, and looks at what that would do. */
export interface RestoreWish {
  readonly turnId: string;
  readonly prompt: string;
  /** Null until the server has answered. */
  readonly files: readonly RestorableFile[] | null;
}

/** `late`: from before the page could listen, so that it must not take the focus from where the user has put it since. */
export interface FocusRequest {
  readonly late: boolean;
}

export interface ChatState {
  /** False until the host has said its first word. */
  readonly initialized: boolean;
  readonly server: ServerState;
  readonly workspaceName: string | null;
  readonly mode: PermissionMode;
  readonly models: ListModelsResult | null;
  /** Prompts that are kept in files, as far as the host has told of them. */
  readonly commands: readonly CommandSummary[];
  /** Which of their files were left out, and why. */
  readonly commandProblems: readonly string[];
  /** What MCP servers have to read, as far as the host has told of it. */
  readonly resources: readonly ResourceSummary[];
  /** What was found that a prompt can point at, and the words that it was found for. */
  readonly mentions: { readonly words: string; readonly items: readonly Mention[] };
  readonly editorContext: EditorContext | null;
  readonly attachments: readonly InputPart[];
  readonly transcript: Transcript;
  /** What is to be reviewed. */
  readonly pending: readonly PendingFile[];
  readonly restoring: RestoreWish | null;
  /** An earlier prompt that is being written anew. */
  readonly editing: Editing | null;
  readonly permissions: readonly PermissionRequestParams[];
  readonly questions: readonly AskQuestionParams[];
  readonly plans: readonly ReviewPlanParams[];
  /** Sent, but not yet seen as a turn. */
  readonly outbox: readonly InputPart[] | null;
  /** Said while that prompt was on its way; it is sent on when its turn has begun. */
  readonly ahead: readonly WaitingPrompt[];
  readonly rejected: Rejection | null;
  readonly stopping: boolean;
  /** Null while it is closed. */
  readonly history: HistoryState | null;
  /** False where the user does not trust the workspace: Sage only reads there. */
  readonly trusted: boolean;
  /** What the project would like to be allowed; in force only when the user agrees. */
  readonly offers: readonly ProjectOffer[];
  /** MCP servers that do not work now. */
  readonly mcpFailed: readonly McpFailure[];
  /** What was done that nothing else shows. */
  readonly told: string | null;
  /** What the user has asked to see, until they close it or send a prompt. */
  readonly overview: Overview | null;
  /** The last wish for the composer; a new object for each. */
  readonly focusRequest: FocusRequest | null;
}

export const emptyLive: Live = {
  replies: {},
  drafts: [],
  outputs: {},
  inside: {},
  settled: {},
  retrying: null,
  stop: null,
  compacting: false,
};

export const emptyTranscript: Transcript = {
  sessionId: null,
  lastSeq: 0,
  held: [],
  items: [],
  waiting: [],
  background: [],
  plan: [],
  hasChanges: false,
  redoable: [],
  usage: null,
  title: null,
  cost: 0,
  model: null,
  running: false,
  live: emptyLive,
  earlier: null,
};

export const initialState: ChatState = {
  initialized: false,
  server: { kind: 'starting' },
  workspaceName: null,
  mode: 'ask',
  models: null,
  commands: [],
  commandProblems: [],
  resources: [],
  mentions: { words: '', items: [] },
  editorContext: null,
  attachments: [],
  transcript: emptyTranscript,
  pending: [],
  restoring: null,
  editing: null,
  permissions: [],
  questions: [],
  plans: [],
  outbox: null,
  ahead: [],
  rejected: null,
  stopping: false,
  history: null,
  trusted: true,
  offers: [],
  mcpFailed: [],
  told: null,
  overview: null,
  focusRequest: null,
};

/** Everything that waits for an answer of the user. */
export function requestsOf({ permissions, questions, plans }: ChatState): readonly { readonly callId: string }[] {
  return [...permissions, ...questions, ...plans];
}

/** True from the moment a prompt is sent until its turn has ended. */
export function isBusy(state: ChatState): boolean {
  return state.outbox !== null || state.transcript.running;
}
