/**
 * What the extension host and the chat webview say to each other.
 * The webview is a pure view of session events: everything it shows can be rebuilt from `sessionOpened` and `event`.
 */
import type {
  AskQuestionParams,
  EventEnvelope,
  InputPart,
  ListModelsResult,
  PermissionMode,
  PermissionRequestParams,
  PermissionRequestResult,
  SessionSummary,
  SteerKind,
} from './generated';

/** How the server process is doing. */
export type ServerState =
  | { readonly kind: 'starting' }
  | { readonly kind: 'running' }
  | { readonly kind: 'stopped'; readonly message: string; readonly canRestart: boolean };

/** What the active editor shows, offered as a removable chip. Lines are 1-based and inclusive. */
export interface EditorContext {
  /** Relative to the workspace root, with forward slashes; absolute when outside. */
  readonly path: string;
  readonly selection?: { readonly startLine: number; readonly endLine: number; readonly text: string };
}

/** Why there is no turn, where the panel can offer the way out. */
export type RejectionReason = 'noFolder';

/** Host → webview. */
export type ToWebview =
  | {
      readonly type: 'initialized';
      readonly mode: PermissionMode;
      /** Null when no folder is open. */
      readonly workspaceName: string | null;
      /** The last session of this workspace, to be opened by the host right after; null for a fresh start. */
      readonly sessionId: string | null;
      /** What the user asked for before the page could listen: what they have turned to in the page since goes first. */
      readonly show: 'composer' | 'history' | null;
    }
  | { readonly type: 'serverState'; readonly state: ServerState }
  /** Replaces the whole transcript, and nothing else: it can come long after it was asked for. */
  | {
      readonly type: 'sessionOpened';
      readonly sessionId: string;
      readonly events: readonly EventEnvelope[];
      readonly running: boolean;
    }
  /** In order. The host batches what arrives within one animation frame. */
  | { readonly type: 'events'; readonly events: readonly EventEnvelope[] }
  /** The turn request has ended without a turn (no model, unknown session, server gone); or other words got lost. */
  | {
      readonly type: 'turnRejected';
      readonly sessionId: string;
      readonly message: string;
      readonly input?: readonly InputPart[];
      readonly reason?: RejectionReason;
    }
  | { readonly type: 'permissionRequested'; readonly request: PermissionRequestParams }
  | { readonly type: 'permissionClosed'; readonly callId: string }
  | { readonly type: 'questionAsked'; readonly request: AskQuestionParams }
  | { readonly type: 'questionClosed'; readonly callId: string }
  | { readonly type: 'models'; readonly models: ListModelsResult }
  | { readonly type: 'sessions'; readonly sessions: readonly SessionSummary[] }
  | { readonly type: 'editorContext'; readonly context: EditorContext | null }
  /** Adds a chip to the composer (Add to Chat). */
  | { readonly type: 'attach'; readonly part: InputPart }
  | { readonly type: 'showHistory' }
  /** The user has just asked for the composer: what is open in front of it closes. */
  | { readonly type: 'focusComposer' };

/** Webview → host. */
export type FromWebview =
  | { readonly type: 'ready' }
  | { readonly type: 'send'; readonly input: readonly InputPart[]; readonly mode: PermissionMode }
  /** Words beside the running turn, under an id of the webview's. */
  | {
      readonly type: 'say';
      readonly id: string;
      readonly kind: SteerKind;
      readonly input: readonly InputPart[];
      readonly mode: PermissionMode;
    }
  | { readonly type: 'editQueued'; readonly id: string; readonly input: readonly InputPart[] }
  | { readonly type: 'removeQueued'; readonly id: string }
  | { readonly type: 'reorderQueued'; readonly ids: readonly string[] }
  /** Sends what waits, the first first. */
  | { readonly type: 'runNext'; readonly mode: PermissionMode }
  | { readonly type: 'compact' }
  | { readonly type: 'stop' }
  | { readonly type: 'stopBackground'; readonly taskId: string }
  /** Lets the command of a running call go on beside the turn. */
  | { readonly type: 'moveToBackground'; readonly callId: string }
  | { readonly type: 'openSession'; readonly sessionId: string }
  | {
      readonly type: 'answerPermission';
      readonly callId: string;
      readonly answer: PermissionRequestResult;
    }
  /** One entry a question; null when the card was dismissed. */
  | {
      readonly type: 'answerQuestion';
      readonly callId: string;
      readonly answers: readonly (readonly string[])[] | null;
    }
  | { readonly type: 'setMode'; readonly mode: PermissionMode }
  | { readonly type: 'selectModel'; readonly id: string }
  /** Asks for a key with the native input box; `provider` preselects. */
  | { readonly type: 'setApiKey'; readonly provider?: string }
  /** Asks for a folder with the editor's own dialog. */
  | { readonly type: 'openFolder' }
  | { readonly type: 'openFile'; readonly path: string; readonly line?: number }
  /** http and https only; the host checks again and uses the editor's own confirmation. */
  | { readonly type: 'openLink'; readonly url: string }
  | { readonly type: 'copy'; readonly text: string }
  | { readonly type: 'insertAtCursor'; readonly text: string }
  /** Typed into the active terminal without being executed. */
  | { readonly type: 'pasteInTerminal'; readonly text: string }
  | { readonly type: 'restartServer' }
  | { readonly type: 'showLog' };

/** What the webview keeps for itself across reloads (`vscode.setState`); everything else is replayed. */
export interface WebviewState {
  readonly draft: string;
  readonly scrollTop: number;
  /** False once the user has taken the active file out of the prompt; true when absent. */
  readonly sendsContext?: boolean;
}
