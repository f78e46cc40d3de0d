import type { Signal } from '../../infrastructure/signal';
import type { EditorContext, RejectionReason, ToWebview } from '../../protocol/bridge';
import type {
  EventEnvelope,
  InputPart,
  ListModelsResult,
  PermissionMode,
  SessionSummary,
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
  show(): Promise<void>;
  open(sessionId: string): Promise<void>;
  startNew(): void;
  list(): Promise<readonly SessionSummary[]>;
  send(input: readonly InputPart[], mode: PermissionMode): Promise<void>;
  say(id: string, kind: SteerKind, input: readonly InputPart[], mode: PermissionMode): Promise<void>;
  editQueued(id: string, input: readonly InputPart[]): Promise<void>;
  removeQueued(id: string): Promise<void>;
  reorderQueued(ids: readonly string[]): Promise<void>;
  runNext(mode: PermissionMode): Promise<void>;
  compact(): Promise<void>;
  stop(): void;
  stopBackground(taskId: string): Promise<void>;
  moveToBackground(callId: string): Promise<void>;
}

export interface ChatModels {
  readonly changed: Signal<ListModelsResult>;
  refresh(): Promise<void>;
  select(id: string): Promise<void>;
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
  pasteInTerminal(text: string): void;
  showProblem(message: string): void;
}

export interface ChatServer {
  restart(): Promise<void>;
  showLog(): void;
}

/** The mode that the composer shows, remembered per workspace. */
export interface ModeMemory {
  get(): PermissionMode;
  set(mode: PermissionMode): void;
}

/** The webview as the bridge sees it. */
export type Post = (message: ToWebview) => void;
