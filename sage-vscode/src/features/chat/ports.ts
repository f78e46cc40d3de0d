import type { Signal } from '../../infrastructure/signal';
import type {
  EditorContext,
  HistoryPage,
  HistoryQuery,
  McpFailure,
  Mention,
  Overview,
  RejectionReason,
  ToWebview,
} from '../../protocol/bridge';
import type {
  EventEnvelope,
  ExportFormat,
  InputPart,
  KeepBackgroundResult,
  ListCommandsResult,
  ListModelsResult,
  OfferAnswer,
  PendingFile,
  PermissionMode,
  ProjectOffer,
  ResourceSummary,
  RestorableFile,
  SteerKind,
} from '../../protocol/generated';

/** What the chat needs of sessions, models and the editor; who provides it is decided in extension.ts. */
export interface ChatSessions {
  readonly current: string | null;
  readonly opened: Signal<{
    readonly sessionId: string;
    readonly events: readonly EventEnvelope[];
    readonly running: boolean;
  }>;
  readonly events: Signal<EventEnvelope>;
  readonly rejected: Signal<{
    readonly sessionId: string;
    readonly message: string;
    readonly input?: readonly InputPart[];
    readonly reason?: RejectionReason;
  }>;
  readonly runningChanged: Signal<number>;
  show(): Promise<void>;
  open(sessionId: string): Promise<void>;
  startNew(): void;
  /** The events that lie before those the panel has. */
  page(sessionId: string, beforeSeq: number): Promise<readonly EventEnvelope[]>;
  /** Opens a new session that begins like another, and says what it is called. */
  fork(sessionId: string, atSeq?: number): Promise<string>;
  send(input: readonly InputPart[], mode: PermissionMode): Promise<void>;
  say(id: string, kind: SteerKind, input: readonly InputPart[], mode: PermissionMode): Promise<void>;
  editQueued(id: string, input: readonly InputPart[]): Promise<void>;
  removeQueued(id: string): Promise<void>;
  reorderQueued(ids: readonly string[]): Promise<void>;
  runNext(mode: PermissionMode): Promise<void>;
  compact(): Promise<void>;
  /** The commands that a prompt can begin with. */
  listCommands(): Promise<ListCommandsResult>;
  /** What MCP servers have to read, for a prompt to point at. */
  listResources(): Promise<readonly ResourceSummary[]>;
  stop(): void;
  stopBackground(taskId: string): Promise<void>;
  /** Ends a background command, and says how to start it again; null when there is none. */
  keepBackground(taskId: string): Promise<KeepBackgroundResult | null>;
  moveToBackground(callId: string): Promise<void>;
  stopCall(callId: string): Promise<void>;
  steerSubagent(callId: string, id: string, text: string): Promise<void>;
}

/** All sessions, open or not. */
export interface ChatHistory {
  list(query: HistoryQuery): Promise<HistoryPage>;
  rename(sessionId: string, title: string): Promise<void>;
  delete(sessionId: string): Promise<void>;
  restore(sessionId: string): Promise<void>;
  /** Null when the user named no file. */
  export(sessionId: string, format: ExportFormat): Promise<string | null>;
  /** Opens what was imported; false when the user named no file. */
  import(): Promise<boolean>;
}

export interface ChatModels {
  readonly changed: Signal<ListModelsResult>;
  refresh(): Promise<void>;
  select(id: string): Promise<void>;
  connect(): Promise<void>;
  askForKey(provider: string | undefined): Promise<void>;
}

export interface ChatEditor {
  readonly contextChanged: Signal<EditorContext | null>;
  readonly context: EditorContext | null;
  openFile(path: string, line: number | undefined): Promise<void>;
  openFolder(): Promise<void>;
  openLink(url: string): Promise<void>;
  copy(text: string): Promise<void>;
  insertAtCursor(text: string): Promise<void>;
  runInTerminal(command: KeepBackgroundResult): void;
  pasteInTerminal(text: string): void;
  showLog(): void;
  showProblem(message: string): void;
}

export interface ChatServer {
  restart(): Promise<void>;
}

/** Without a path everything that is to be reviewed is meant. */
export interface ChatReview {
  readonly pending: {
    readonly sessionId: string | null;
    readonly files: readonly PendingFile[];
    readonly changed: Signal<readonly PendingFile[]>;
  };
  keep(path: string | undefined): Promise<void>;
  undo(path: string | undefined): Promise<void>;
  open(path: string | undefined): Promise<void>;
  /** Drafts the message of a commit; the user commits. */
  commit(): Promise<void>;
  /** What Sage changed since before a turn. */
  openSince(turnId: string): Promise<void>;
  /** Null without a session. */
  preview(turnId: string): Promise<readonly RestorableFile[] | null>;
  restore(turnId: string, overwrite: boolean): Promise<void>;
  redo(restoreId: string): Promise<void>;
}

/** The files that the model reads before every prompt. */
export interface ChatMemory {
  show(): Promise<void>;
  /** Which file the user has chosen for a line; null for none. */
  remember(text: string): Promise<string | null>;
}

/** The programs that are run when something happens. */
export interface ChatHooks {
  show(): Promise<void>;
}

/** The MCP servers. */
export interface ChatMcp {
  readonly changed: Signal<void>;
  readonly failed: readonly McpFailure[];
  /** Looks how they stand, which starts those that are wanted; a server process is not started for it. */
  refresh(): Promise<void>;
  /** Opens their view. */
  show(): Promise<void>;
}

/** What the user can have shown. */
export interface ChatSights {
  /** What the server says. */
  describe(what: Overview['kind']): Promise<Overview>;
  /** Lets the user open one of the skills. */
  showSkills(): Promise<void>;
  /** Lets the user choose a point to go back to; null for none. */
  chooseCheckpoint(): Promise<{ readonly turnId: string; readonly prompt: string } | null>;
}

/** What a prompt can point at, in the workspace and in what the editor shows. */
export interface ChatMentions {
  find(words: string): Promise<readonly Mention[]>;
  /** What is attached for it; null when it is not there any more, which the user has been told. */
  take(item: Mention): Promise<InputPart | null>;
}

/** The kinds of sub-agents that the model can start. */
export interface ChatSubagents {
  show(): Promise<void>;
}

/** Trust in the workspace, and what the project would like to be allowed. */
export interface ChatSafety {
  readonly changed: Signal<void>;
  readonly trusted: boolean;
  readonly offers: readonly ProjectOffer[];
  refresh(): Promise<void>;
  manageTrust(): Promise<void>;
  answer(kind: string, hash: string, answer: OfferAnswer): Promise<void>;
}

/** The mode that the composer shows, remembered per workspace. */
export interface ModeMemory {
  get(): PermissionMode;
  set(mode: PermissionMode): void;
}

/** The webview as the bridge sees it. */
export type Post = (message: ToWebview) => void;
