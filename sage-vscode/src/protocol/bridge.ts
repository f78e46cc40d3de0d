/**
 * What the extension host and the chat webview say to each other.
 * The webview is a pure view of session events: everything it shows can be rebuilt from `sessionOpened` and `event`.
 */
import type {
  AskQuestionParams,
  CommandSummary,
  DescribeContextResult,
  DescribeCostResult,
  EventEnvelope,
  ExportFormat,
  InputPart,
  ListModelsResult,
  OfferAnswer,
  PendingFile,
  PermissionMode,
  PermissionRequestParams,
  PermissionRequestResult,
  PlanComment,
  ProjectOffer,
  ResourceSummary,
  RestorableFile,
  ReviewPlanParams,
  ReviewPlanResult,
  RunDoctorResult,
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

/** Something a prompt can point at. */
export interface Mention {
  readonly kind: 'file' | 'folder' | 'symbol' | 'selection' | 'problems' | 'terminal' | 'changes';
  readonly label: string;
  /** Where it is, or what is in it. */
  readonly detail: string;
  /** Of what is in a file: relative to the workspace root, with forward slashes. */
  readonly path?: string;
  /** 1-based, inclusive. */
  readonly lines?: readonly [number, number];
}

/** Why there is no turn, where the panel can offer the way out. */
export type RejectionReason = 'noFolder';

/** Which sessions the history shows: of this folder, of folders that are gone too, or what is in the trash. */
export type HistoryScope = 'here' | 'everywhere' | 'deleted';

/** What the history asks for. A later number makes the answers to earlier ones worthless. */
export interface HistoryQuery {
  readonly id: number;
  /** Words that all have to be there; empty for every session. */
  readonly words: string;
  readonly scope: HistoryScope;
  readonly limit: number;
}

/** A session as the history shows it. */
export interface SessionEntry {
  readonly sessionId: string;
  readonly title: string;
  readonly updatedAt: string;
  readonly state?: 'running' | 'waiting';
  readonly isFork?: boolean;
  readonly changedFiles?: number;
  /** The folder it belongs to, where that is gone. */
  readonly workspace?: string;
  /** One line around the words that were searched for. */
  readonly snippet?: string;
}

/** Newest first. */
export interface HistoryPage {
  readonly sessions: readonly SessionEntry[];
  readonly hasMore: boolean;
}

/** An MCP server that does not work, and why, with the last line that it said. */
export interface McpFailure {
  readonly name: string;
  readonly reason: string;
}

/** What the user can have shown of a session, or of Sage. */
export type Sight = 'checkpoints' | 'context' | 'cost' | 'doctor' | 'skills';

/** What the server has said, to be shown as a card. */
export type Overview =
  | { readonly kind: 'context'; readonly context: DescribeContextResult }
  | { readonly kind: 'cost'; readonly cost: DescribeCostResult }
  | { readonly kind: 'doctor'; readonly doctor: RunDoctorResult };

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
  /** The answer to `pageSession`; null when there is none, which the user has been told. */
  | {
      readonly type: 'earlierEvents';
      readonly sessionId: string;
      readonly beforeSeq: number;
      readonly events: readonly EventEnvelope[] | null;
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
  /** Whether the new session of `resend` is open; its turn follows. */
  | { readonly type: 'resent'; readonly done: boolean }
  | { readonly type: 'permissionRequested'; readonly request: PermissionRequestParams }
  | { readonly type: 'permissionClosed'; readonly callId: string }
  | { readonly type: 'questionAsked'; readonly request: AskQuestionParams }
  | { readonly type: 'questionClosed'; readonly callId: string }
  | { readonly type: 'planAsked'; readonly request: ReviewPlanParams }
  | { readonly type: 'planClosed'; readonly callId: string }
  /** What is to be reviewed in a session; follows `sessionOpened`, and comes again whenever it has changed. */
  | { readonly type: 'pendingFiles'; readonly sessionId: string; readonly files: readonly PendingFile[] }
  /** The answer to `previewRestore`; null when there is none, which the user has been told. */
  | {
      readonly type: 'restorePreview';
      readonly turnId: string;
      readonly files: readonly RestorableFile[] | null;
    }
  /** Brings a call into view, or the prompt of its turn where the call is not to be found. */
  | { readonly type: 'reveal'; readonly callId: string; readonly turnId: string }
  | { readonly type: 'models'; readonly models: ListModelsResult }
  /** The answer to `listCommands`; none when the server could not say. */
  | {
      readonly type: 'commands';
      readonly commands: readonly CommandSummary[];
      /** For people: which files were left out, and why. */
      readonly problems: readonly string[];
    }
  /** An answer to `show`. */
  | { readonly type: 'overview'; readonly overview: Overview }
  /** The user has chosen a point to go back to; `restorePreview` follows. */
  | { readonly type: 'restoreChosen'; readonly turnId: string; readonly prompt: string }
  /** The answer to `listResources`; none when the server could not say. */
  | { readonly type: 'resources'; readonly resources: readonly ResourceSummary[] }
  /** What `findMentions` has found. */
  | { readonly type: 'mentionsFound'; readonly words: string; readonly items: readonly Mention[] }
  /** The answer to `listHistory`. */
  | { readonly type: 'history'; readonly id: number; readonly page: HistoryPage }
  | { readonly type: 'historyFailed'; readonly id: number; readonly message: string }
  /** Sessions have come, gone, or are called something else; `deleted` can be taken out of the trash again. */
  | { readonly type: 'historyChanged'; readonly deleted?: { readonly sessionId: string; readonly title: string } }
  /** Something that the user has asked for was done, where nothing else shows it. */
  | { readonly type: 'told'; readonly text: string }
  /** What was to be remembered stands in this file now. */
  | { readonly type: 'remembered'; readonly text: string; readonly place: string }
  /** Whether the user trusts the workspace, and what the project would like to be allowed and nobody has decided about. */
  | { readonly type: 'safety'; readonly trusted: boolean; readonly offers: readonly ProjectOffer[] }
  /** All MCP servers that do not work now; none when all do. */
  | { readonly type: 'mcpFailed'; readonly servers: readonly McpFailure[] }
  | { readonly type: 'editorContext'; readonly context: EditorContext | null }
  /** Adds a chip to the composer (Add to Chat). */
  | { readonly type: 'attach'; readonly part: InputPart }
  | { readonly type: 'showHistory' }
  /** Opens the field that finds words in the conversation. */
  | { readonly type: 'find' }
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
  /** The commands that a prompt can begin with. */
  | { readonly type: 'listCommands' }
  /** What MCP servers have to read, for a prompt to point at. */
  | { readonly type: 'listResources' }
  /** What the words can mean that a prompt points at. */
  | { readonly type: 'findMentions'; readonly words: string }
  /** Attaches what was found; `attach` follows. */
  | { readonly type: 'takeMention'; readonly item: Mention }
  /** Lets the user open the files that the model reads before every prompt. */
  | { readonly type: 'showMemory' }
  /** Opens the editor's list of MCP servers. */
  | { readonly type: 'showMcp' }
  | { readonly type: 'show'; readonly what: Sight }
  /** Lets the user look at the kinds of sub-agents, open their files, and make one. */
  | { readonly type: 'showSubagents' }
  | { readonly type: 'showHooks' }
  /** Writes a line into one of these; answered with `remembered` when the user has said where. */
  | { readonly type: 'remember'; readonly text: string }
  | { readonly type: 'newSession' }
  /** An earlier prompt with other words: in a new session that begins like this one up to there. */
  | {
      readonly type: 'resend';
      readonly sessionId: string;
      readonly turnId: string;
      /** The event that began its turn. */
      readonly atSeq: number;
      readonly input: readonly InputPart[];
      readonly mode: PermissionMode;
      /** What becomes of what was changed since. */
      readonly files: 'keep' | 'restore' | 'overwrite';
    }
  | { readonly type: 'stop' }
  | { readonly type: 'stopBackground'; readonly taskId: string }
  /** Takes a background command to a terminal, where it stays when Sage ends. */
  | { readonly type: 'keepBackground'; readonly taskId: string }
  /** Lets the command of a running call go on beside the turn. */
  | { readonly type: 'moveToBackground'; readonly callId: string }
  | { readonly type: 'stopCall'; readonly callId: string }
  /** Words for one sub-agent that works, under an id of the webview's. */
  | { readonly type: 'steerSubagent'; readonly callId: string; readonly id: string; readonly text: string }
  | { readonly type: 'openSession'; readonly sessionId: string }
  /** What happened before the oldest event that the page has. */
  | { readonly type: 'pageSession'; readonly sessionId: string; readonly beforeSeq: number }
  | ({ readonly type: 'listHistory' } & HistoryQuery)
  | { readonly type: 'renameSession'; readonly sessionId: string; readonly title: string }
  | { readonly type: 'deleteSession'; readonly sessionId: string; readonly title: string }
  | { readonly type: 'restoreSession'; readonly sessionId: string }
  /** A new session that begins like this one, opened at once; with everything, or up to an event. */
  | { readonly type: 'forkSession'; readonly sessionId: string; readonly atSeq?: number }
  /** Asks for a file with the editor's own dialog, as `importSession` does. */
  | { readonly type: 'exportSession'; readonly sessionId: string; readonly format: ExportFormat }
  | { readonly type: 'importSession' }
  /** What is to be reviewed stays, is taken back, or is shown as a diff: one file of it, or all. */
  | { readonly type: 'review'; readonly action: 'keep' | 'undo' | 'open' | 'commit'; readonly path?: string }
  /** Shows as a diff what was changed since before a turn, reviewed or not. */
  | { readonly type: 'openSince'; readonly turnId: string }
  /** What going back to before a turn would do. */
  | { readonly type: 'previewRestore'; readonly turnId: string }
  | { readonly type: 'restore'; readonly turnId: string; readonly overwrite: boolean }
  /** Takes back an undo or a restore. */
  | { readonly type: 'redo'; readonly restoreId: string }
  | {
      readonly type: 'answerPermission';
      readonly callId: string;
      readonly answer: PermissionRequestResult;
    }
  /** One entry a question; null when the card was dismissed, or the user said no to who asks. */
  | {
      readonly type: 'answerQuestion';
      readonly callId: string;
      readonly answers: readonly (readonly string[])[] | null;
      readonly declined?: boolean;
    }
  | { readonly type: 'answerPlan'; readonly callId: string; readonly answer: ReviewPlanResult }
  | { readonly type: 'setMode'; readonly mode: PermissionMode }
  | { readonly type: 'selectModel'; readonly id: string }
  /** Starts *Sage: Connect a Model*. */
  | { readonly type: 'connectModel' }
  /** Asks for a key with the native input box; `provider` preselects. */
  | { readonly type: 'setApiKey'; readonly provider?: string }
  /** Asks for a folder with the editor's own dialog. */
  | { readonly type: 'openFolder' }
  | { readonly type: 'openFile'; readonly path: string; readonly line?: number }
  /** http and https only; the host checks again and uses the editor's own confirmation. */
  | { readonly type: 'openLink'; readonly url: string }
  | { readonly type: 'copy'; readonly text: string }
  /** Makes a code block part of a file, in a turn; behind the one that runs. */
  | {
      readonly type: 'applyCode';
      readonly code: string;
      readonly language: string;
      /** Files that the block itself names, and files that the text above it names; the likelier first. */
      readonly named: readonly string[];
      readonly nearby: readonly string[];
      readonly mode: PermissionMode;
    }
  | { readonly type: 'insertAtCursor'; readonly text: string }
  /** Typed into the active terminal without being executed. */
  | { readonly type: 'pasteInTerminal'; readonly text: string }
  /** Opens the editor's own page about trust. */
  | { readonly type: 'manageTrust' }
  | { readonly type: 'answerOffer'; readonly kind: string; readonly hash: string; readonly answer: OfferAnswer }
  | { readonly type: 'restartServer' }
  | { readonly type: 'showLog' };

/** What the webview keeps for itself across reloads (`vscode.setState`); everything else is replayed. */
export interface WebviewState {
  readonly draft: string;
  readonly scrollTop: number;
  /** False once the user has taken the active file out of the prompt; true when absent. */
  readonly sendsContext?: boolean;
  /** What the user has begun to say to a plan. */
  readonly planDraft?: PlanDraft;
}

/** An answer to a plan that is not given yet. */
export interface PlanDraft {
  readonly sessionId: string;
  readonly callId: string;
  readonly comments: readonly PlanComment[];
  /** The plan as the user has changed it; null while they have not. */
  readonly changed: string | null;
  /** Words to all of it. */
  readonly words: string;
}
