// Written by tests/Sage.Protocol.Tests/TypeScript/GeneratedTypeScriptTests.cs from the records of server/Sage.Protocol.
// Do not edit: change the records and run `dotnet test tests/Sage.Protocol.Tests`.

export interface BackgroundTaskSummary {
  /** Unique in the session. */
  readonly taskId: string;
  /** The call that started it. */
  readonly callId: string;
  /** The command, or the task of a sub-agent, in one line. */
  readonly title: string;
  /** UTC. */
  readonly startedAt: string;
  /** Why it ended; absent while it runs. */
  readonly how?: BackgroundEndHow;
  /** Of its command; absent while it runs and when a signal ended it. */
  readonly exitCode?: number;
  /** The kind of sub-agent that it is; absent for a command. */
  readonly subagent?: string;
}

/**
 * `Methods.keepBackground`: ends the task here, and answers how the user goes on with it, in a terminal of their own,
 * when everything it had started has ended. It starts from the beginning there.
 */
export interface KeepBackgroundParams {
  /** The session. */
  readonly sessionId: string;
  /** The task, which must run and be a command. */
  readonly taskId: string;
}

export interface KeepBackgroundResult {
  /** The program that ran the command. */
  readonly shell: string;
  /** The whole command line, for that shell. */
  readonly command: string;
  /** Where it ran: an absolute path. */
  readonly folder: string;
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

/** The files as they were before a turn. */
export interface Checkpoint {
  /** The turn. */
  readonly turnId: string;
  /** The start of the user's words. */
  readonly prompt: string;
  /** How many files this turn changed. */
  readonly files: number;
}

/**
 * `Methods.keepHunks`: what is named here is reviewed, and stays. Nothing named is everything. Fails with
 * `ErrorCodes.staleHunk` when the file has changed there.
 */
export interface KeepHunksParams {
  /** The session. */
  readonly sessionId: string;
  /** Only in this file. */
  readonly path?: string;
  /** Only this one; with `path`. */
  readonly hunkId?: string;
  /** Only what this turn changed. */
  readonly turnId?: string;
}

export interface LeftFile {
  /** Relative to the workspace root. */
  readonly path: string;
  /** How many places the user has changed as well; 0 when it was left for another reason. */
  readonly conflicts: number;
  /** For people. */
  readonly reason: string;
}

/** `Methods.listCheckpoints`: the points of a session that its files can be taken back to. */
export interface ListCheckpointsParams {
  /** The session. */
  readonly sessionId: string;
}

export interface ListCheckpointsResult {
  /** One before each turn, oldest first. */
  readonly checkpoints: readonly Checkpoint[];
  /** What was undone or restored last and not redone: `Methods.redoRestore`. Absent when there is nothing. */
  readonly redoable?: string;
}

/** `Methods.listHunks`: what Sage changed in the workspace and the user has neither kept nor undone. */
export interface ListHunksParams {
  /** The session. */
  readonly sessionId: string;
}

export interface ListHunksResult {
  /** In the order of their paths; without those that hold what they held before. */
  readonly files: readonly PendingFile[];
}

/** A file with changes to review. What the user changed in it since is not among them. */
export interface PendingFile {
  /** Relative to the workspace root, with forward slashes. */
  readonly path: string;
  /** What happened to it, all in all. */
  readonly kind: FileChangeKind;
  /** Lines. */
  readonly added: number;
  /** Lines. */
  readonly removed: number;
  /** In the order of their lines; one for the whole file when it was created, deleted, or is no text. */
  readonly hunks: readonly PendingHunk[];
  /** Why its changes cannot be shown or undone, in words; then there are no hunks. */
  readonly problem?: string;
}

/** A change to review. */
export interface PendingHunk {
  /** Names it until the file changes there. */
  readonly id: string;
  /** 0-based line in the original. */
  readonly oldStart: number;
  /** Lines of the original that it replaces. */
  readonly oldLines: number;
  /** 0-based line in the file as it is now. */
  readonly newStart: number;
  /** Lines of the file that it made. */
  readonly newLines: number;
  /** The turn that made it, the last of several. */
  readonly turnId: string;
  /** The tool call that made it, the last of several. */
  readonly callId: string;
  /** True when the user has changed these lines too. */
  readonly edited?: boolean;
}

/** `Methods.previewRestore`: what restoring would do now. Changes nothing. */
export interface PreviewRestoreParams {
  /** The session. */
  readonly sessionId: string;
  /** Back to before this turn. */
  readonly turnId: string;
}

export interface PreviewRestoreResult {
  /** Those that would change, in the order of their paths. */
  readonly files: readonly RestorableFile[];
}

/** `Methods.readOriginal`: a file as it would be without the changes to review. */
export interface ReadOriginalParams {
  /** The session. */
  readonly sessionId: string;
  /** As in `PendingFile`. */
  readonly path: string;
}

export interface ReadOriginalResult {
  /** Absent when the file did not exist, is no text, or has nothing to review. */
  readonly text?: string;
}

/** `Methods.redoRestore`: takes back the last undo or restore, or the one that is named. */
export interface RedoRestoreParams {
  /** The session. */
  readonly sessionId: string;
  /** From `RestoreResult`. */
  readonly restoreId?: string;
  /** True takes back also places that the user has changed since. */
  readonly overwrite?: boolean;
}

/** What restoring would do to a file. */
export interface RestorableFile {
  /** Relative to the workspace root, with forward slashes. */
  readonly path: string;
  /** What would happen to it: `deleted` for one that Sage created. */
  readonly kind: FileChangeKind;
  /** What would change; empty for what is no text. */
  readonly hunks: readonly Hunk[];
  /** How many places the user has changed as well: they stay unless they are to be overwritten. */
  readonly conflicts?: number;
  /** Why it would be left as it is, in words. */
  readonly problem?: string;
}

/**
 * `Methods.restore`: takes the files that Sage changed back to before a turn. What the user changed since stays, and so
 * does every other file. Fails with `ErrorCodes.turnRunning` while a turn runs. Can be redone.
 */
export interface RestoreParams {
  /** The session. */
  readonly sessionId: string;
  /** Back to before this turn. */
  readonly turnId: string;
  /** True takes back also places that the user has changed since. */
  readonly overwrite?: boolean;
}

/** What was undone, restored or redone. */
export interface RestoreResult {
  /** The files that were changed. */
  readonly files: readonly string[];
  /** Files, or places in them, that were left as they are. */
  readonly left: readonly LeftFile[];
  /** Names it, for redoing; absent when nothing had to be changed. */
  readonly restoreId?: string;
}

/**
 * `Methods.undoHunks`: takes back what is named here; nothing named is everything. What the user changed since stays.
 * Fails with `ErrorCodes.staleHunk` when the file has changed there. Can be redone.
 */
export interface UndoHunksParams {
  /** The session. */
  readonly sessionId: string;
  /** Only in this file. */
  readonly path?: string;
  /** Only this one; with `path`. */
  readonly hunkId?: string;
  /** Only what this turn changed. */
  readonly turnId?: string;
  /** Told to the model. */
  readonly reason?: string;
  /** True takes back also lines that the user has changed since. */
  readonly overwrite?: boolean;
}

/** Who brought a command. */
export type CommandSource = 'workspace' | 'user' | 'builtIn' | 'mcpServer';

/** A prompt that people keep in a Markdown file, or that an MCP server offers. */
export interface CommandSummary {
  /** Without the slash: `review`, `git:commit`, `mcp__github__triage`. */
  readonly name: string;
  /** One line. */
  readonly description: string;
  /** Whose it is. */
  readonly source: CommandSource;
  /**
   * The file, as people write it: `.sage/commands/review.md`; `Sage` for what it brings itself, `MCP server github` for
   * what a server offers.
   */
  readonly place: string;
  /** What is to be written behind the name. */
  readonly argumentHint?: string;
}

/**
 * `Methods.listCommands`: what can stand behind a slash at the beginning of a prompt. A workspace that is not trusted
 * brings none.
 */
export type ListCommandsParams = Record<string, never>;

export interface ListCommandsResult {
  /** In the order of their names. */
  readonly commands: readonly CommandSummary[];
  /** For people: which files were left out, and why. */
  readonly problems: readonly string[];
}

/** What was sent in place of the words of a prompt that was a command. */
export interface SentCommand {
  /** Without the slash. */
  readonly name: string;
  /** The file it came from. */
  readonly place: string;
  /** What the model reads; where there are lines, what stands before the first. */
  readonly text: string;
  /** The mode that the next turn goes back to, where the command made this one stricter. */
  readonly modeBefore?: PermissionMode;
  /** Command lines whose output the model reads in their place, in order. */
  readonly lines?: readonly ShellLine[];
  /**
   * Who else wrote the text, when nobody here has seen it before: what the model does on it is asked. Null for files.
   */
  readonly source?: string;
}

/** A line for the shell in a command file. It runs when the turn begins, as a tool call that no reply has made. */
export interface ShellLine {
  /** The call that runs it; the model reads that call's result. */
  readonly callId: string;
  /** With the arguments put in: exactly what runs. */
  readonly line: string;
  /** The words up to the next one, or to the end. */
  readonly behind: string;
}

/** `Methods.writeCommitMessage`: what a commit of these changes could say. Nothing is committed. */
export interface WriteCommitMessageParams {
  /** What would be committed, as `git diff` prints it; new files may stand there by name alone. */
  readonly changes: string;
  /** The messages of the latest commits, whose style is followed; the newest first. */
  readonly recent?: readonly string[];
  /** What the user has written already; the message begins with it. */
  readonly start?: string;
}

export interface WriteCommitMessageResult {
  /** The message: a subject, and where it is needed a blank line and a body. Empty with an error. */
  readonly text: string;
  /** Set when no model could write it. */
  readonly error?: TurnError;
}

/** The answer of a request that has nothing to say (a class: MediatR's own `Unit` is a struct and fails under AOT). */
export type Done = Record<string, never>;

export interface EditorCodeAction {
  /** What the menu shows. */
  readonly title: string;
  /** A code action kind: `quickfix`. */
  readonly kind?: string;
  /** True for the one that the editor would choose. */
  readonly isPreferred?: boolean;
  /** Why Sage cannot apply it: `disabled: …`, `runs a command`. */
  readonly obstacle?: string;
}

export interface EditorDiagnostic {
  /** Absolute. */
  readonly path: string;
  /** 1-based, where it begins. */
  readonly line: number;
  /** How grave it is. */
  readonly severity: EditorSeverity;
  /** The language server's words. */
  readonly message: string;
  /** Who found it: `ts`. */
  readonly source?: string;
  /** The name or number of the rule. */
  readonly code?: string;
}

/** What a language server would change. */
export interface EditorEdit {
  /** Each once. */
  readonly files: readonly EditorFileEdit[];
  /** True when it would also create, move or delete files, or insert snippets: text alone would be half of it. */
  readonly hasFileOperations?: boolean;
}

export interface EditorFileEdit {
  /** Absolute. */
  readonly path: string;
  /** They do not overlap, and all are of the same text. */
  readonly edits: readonly EditorTextEdit[];
}

export interface EditorLocation {
  /** Absolute; a URI for what is no file. */
  readonly path: string;
  /** 1-based. */
  readonly line: number;
  /** The line, trimmed and cut; absent when it cannot be read. */
  readonly text?: string;
}

/** How grave a diagnostic is. */
export type EditorSeverity = 'error' | 'warning' | 'information';

export interface EditorSymbol {
  /** The symbol. */
  readonly name: string;
  /** In lower case: `class`, `method`. */
  readonly kind: string;
  /** Absolute. */
  readonly path: string;
  /** 1-based. */
  readonly startLine: number;
  /** 1-based, inclusive. */
  readonly endLine: number;
  /** How many symbols of the outline it is inside of. */
  readonly depth?: number;
  /** What it belongs to, where that is not told by the depth. */
  readonly container?: string;
}

/** A piece of text and what stands there instead. */
export interface EditorTextEdit {
  /** 1-based. */
  readonly startLine: number;
  /** 0-based, in UTF-16 code units. */
  readonly startCharacter: number;
  /** 1-based. */
  readonly endLine: number;
  /** 0-based, exclusive. */
  readonly endCharacter: number;
  /** What the editor sees there; the server changes nothing where it finds something else. */
  readonly oldText: string;
  /** What shall be there. */
  readonly newText: string;
}

/** `Methods.findDefinitions`: where a symbol is defined (`vscode.executeDefinitionProvider`). */
export interface FindDefinitionsParams {
  /** Absolute. */
  readonly path: string;
  /** 1-based. */
  readonly line: number;
  /** The identifier on that line; its first occurrence is meant. */
  readonly symbol: string;
  /** How many to answer with. */
  readonly most: number;
}

/** `Methods.findReferences`: every use of a symbol (`vscode.executeReferenceProvider`), its definition among them. */
export interface FindReferencesParams {
  /** Absolute. */
  readonly path: string;
  /** 1-based. */
  readonly line: number;
  /** The identifier on that line; its first occurrence is meant. */
  readonly symbol: string;
  /** How many to answer with. */
  readonly most: number;
}

/** `Methods.findWorkspaceSymbols`: symbols by name (`vscode.executeWorkspaceSymbolProvider`). */
export interface FindWorkspaceSymbolsParams {
  /** Absolute folder; what lies elsewhere is left out. */
  readonly root: string;
  /** Each language server matches in its own way. */
  readonly query: string;
  /** How many to answer with. */
  readonly most: number;
}

/** Places that a language server knows. */
export interface FoundLocations {
  /** How many there are in all. */
  readonly count: number;
  /** By path and line, at most as many as were asked for. */
  readonly locations: readonly EditorLocation[];
  /** Set when the symbol is not on the line; then nobody was asked. */
  readonly miss?: SymbolMiss;
}

export interface FoundSymbols {
  /** How many there are in all. */
  readonly count: number;
  /** At most as many as were asked for; of a file in its order, of a workspace in that of the language servers. */
  readonly symbols: readonly EditorSymbol[];
}

/**
 * `Methods.listCodeActions`: what the light bulb offers for some lines (`vscode.executeCodeActionProvider`), without
 * Sage's own entries, or what one entry would change. The editor changes nothing.
 */
export interface ListCodeActionsParams {
  /** Absolute. */
  readonly path: string;
  /** 1-based. */
  readonly startLine: number;
  /** 1-based, inclusive. */
  readonly endLine: number;
  /** The entry whose edit is wanted, word for word. */
  readonly title?: string;
}

export interface ListCodeActionsResult {
  /** In the editor's order. */
  readonly actions: readonly EditorCodeAction[];
  /** Of the wanted entry; absent when there is none of that title, or it changes nothing by itself. */
  readonly edit?: EditorEdit;
}

/** `Methods.listDocumentSymbols`: the outline of a file (`vscode.executeDocumentSymbolProvider`). */
export interface ListDocumentSymbolsParams {
  /** Absolute. */
  readonly path: string;
  /** How many to answer with. */
  readonly most: number;
}

/**
 * `Methods.readDiagnostics`: what the editor's language servers report (`vscode.languages.getDiagnostics`). Hints are
 * left out. Errors come first, then warnings, then by path and line.
 */
export interface ReadDiagnosticsParams {
  /** Absolute folder; what lies elsewhere is left out. */
  readonly root: string;
  /** How many to answer with. */
  readonly most: number;
  /** Absolute files; absent for all of the folder. */
  readonly paths?: readonly string[];
  /**
   * How long to wait for news of these files. With `since`: for what is reported after it, unless no tab shows them.
   * Without: for reports on those that have changed since the last one, or are not open; these are opened, out of
   * sight.
   */
  readonly waitMs?: number;
  /** A `ReadDiagnosticsResult.revision` of the same editor. */
  readonly since?: number;
}

export interface ReadDiagnosticsResult {
  /** Grows with each report of any language server. */
  readonly revision: number;
  /** At most as many as were asked for. */
  readonly diagnostics: readonly EditorDiagnostic[];
  /** How many there are in all. */
  readonly errors: number;
  /** How many there are in all. */
  readonly warnings: number;
  /** How many of less weight there are in all. */
  readonly others: number;
  /** Those of the asked files that no tab shows: some language servers do not look at these. */
  readonly unseen: readonly string[];
}

/** `Methods.readHover`: what the editor shows of a symbol under the mouse (`vscode.executeHoverProvider`). */
export interface ReadHoverParams {
  /** Absolute. */
  readonly path: string;
  /** 1-based. */
  readonly line: number;
  /** The identifier on that line; its first occurrence is meant. */
  readonly symbol: string;
}

export interface ReadHoverResult {
  /** Markdown; empty when nothing is shown. */
  readonly text: string;
  /** Set when the symbol is not on the line. */
  readonly miss?: SymbolMiss;
}

/**
 * `Methods.renameSymbol`: what renaming a symbol would change (`vscode.executeDocumentRenameProvider`). The editor
 * changes nothing: the server does, as it does with every edit.
 */
export interface RenameSymbolParams {
  /** Absolute. */
  readonly path: string;
  /** 1-based. */
  readonly line: number;
  /** The identifier on that line; its first occurrence is meant. */
  readonly symbol: string;
  /** What it shall be called. */
  readonly newName: string;
}

export interface RenameSymbolResult {
  /** Absent when nothing can be renamed. */
  readonly edit?: EditorEdit;
  /** Why not, in the language server's words. */
  readonly refusal?: string;
  /** Set when the symbol is not on the line. */
  readonly miss?: SymbolMiss;
}

/** The asked symbol is not on the asked line. */
export interface SymbolMiss {
  /** 1-based lines of the file that have the symbol, a few at most. */
  readonly lines: readonly number[];
  /** What is there; absent when the file has no such line. */
  readonly lineText?: string;
}

/**
 * `Methods.askEditorModel`: one request to a model of the editor. The reply comes as `EditorModelPartParams`; the
 * answer to this follows it. Cancelled by the server when nobody wants the reply.
 */
export interface AskEditorModelParams {
  /** Names this request in its parts. */
  readonly requestId: string;
  /** `vendor/id` of an `EditorModel`. */
  readonly model: string;
  /** The conversation. Roles alternate, and the first is the user's: the editor knows no system prompt. */
  readonly messages: readonly EditorMessage[];
  /** What the model may call. */
  readonly tools: readonly EditorTool[];
}

/** The reply is complete, or failed. The parts that had come count in both cases. */
export interface AskEditorModelResult {
  /** An estimate: what `countTokens` says about the messages. Absent when it says nothing. */
  readonly inputTokens?: number;
  /** An estimate: what `countTokens` says about the reply. Absent when it says nothing. */
  readonly outputTokens?: number;
  /** Set when the reply is not complete. */
  readonly failure?: EditorModelFailure;
}

/** An image. */
export interface EditorImage {
  readonly type: 'image';
  /** For example `image/png`. */
  readonly mediaType: string;
  /** Base64. */
  readonly data: string;
}

export interface EditorMessage {
  /** Who speaks. */
  readonly role: EditorMessageRole;
  /** At least one. */
  readonly parts: readonly EditorMessagePart[];
}

/** One piece of a message to a model of the editor. */
export type EditorMessagePart = EditorImage | EditorText | EditorToolCall | EditorToolResult;

/** Whose message it is. Results of tools are the user's. */
export type EditorMessageRole = 'user' | 'assistant';

/** A model that the editor, or an extension in it, offers to extensions. */
export interface EditorModel {
  /** The vendor's own id of it; the editor knows the model by this and its vendor. */
  readonly id: string;
  /** For people. */
  readonly name: string;
  /** Who offers it: `copilot`. */
  readonly vendor: string;
  /** What kind it is: `gpt-4o`. */
  readonly family: string;
  /** How many tokens one request may have. */
  readonly maxInputTokens: number;
}

export interface EditorModelFailure {
  /** What kind of refusal it was. */
  readonly kind: EditorModelFailureKind;
  /** The words of the editor, or of who offers the model. */
  readonly message: string;
}

/** Why a model of the editor did not reply (`vscode.LanguageModelError`). */
export type EditorModelFailureKind = 'noPermissions' | 'blocked' | 'notFound' | 'failed';

/**
 * `Methods.editorModelPart`: one piece of the reply. The client waits for the answer before it sends the next, and for
 * the last one before it answers `AskEditorModelParams`. A part for a request that nobody waits for is passed over.
 */
export interface EditorModelPartParams {
  /** The request that it answers. */
  readonly requestId: string;
  /** More of the text. */
  readonly text?: string;
  /** A whole call. */
  readonly toolCall?: EditorReplyCall;
}

/** `Methods.editorModelsChanged`: what was listed does not hold any more. */
export type EditorModelsChangedParams = Record<string, never>;

export interface EditorReplyCall {
  /** As the model named it. */
  readonly callId: string;
  /** The tool. */
  readonly name: string;
  /** The arguments; the editor hands them over whole. */
  readonly input: unknown;
}

/** Words. */
export interface EditorText {
  readonly type: 'text';
  readonly text: string;
}

export interface EditorTool {
  /** The tool. */
  readonly name: string;
  /** For the model. */
  readonly description: string;
  /** JSON schema of the arguments. */
  readonly inputSchema: unknown;
}

/** A call the model made. */
export interface EditorToolCall {
  readonly type: 'toolCall';
  /** Its result has the same. */
  readonly callId: string;
  /** The tool. */
  readonly name: string;
  /** The arguments, an object. */
  readonly input: unknown;
}

/** The result of a call, in the message right behind it. */
export interface EditorToolResult {
  readonly type: 'toolResult';
  /** The call. */
  readonly callId: string;
  /** What the model reads. */
  readonly text: string;
  /** What it sees. */
  readonly images?: readonly Omit<EditorImage, 'type'>[];
}

/** `Methods.listEditorModels`: which models the editor has (`vscode.lm.selectChatModels`). */
export type ListEditorModelsParams = Record<string, never>;

export interface ListEditorModelsResult {
  /** In the editor's order. */
  readonly models: readonly EditorModel[];
}

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
  /** The change to be kept or undone is not there any more: the file has changed, or it was reviewed before. */
  staleHunk: -31009,
  /** The session has no such turn, or nothing that could be redone. */
  unknownCheckpoint: -31010,
  /** Another window has the session: here it can be read, and nothing else. */
  sessionReadOnly: -31011,
  /** The prompt begins with a command that there is not, or that cannot be sent; the message says why. */
  commandRefused: -31012,
} as const;

export type ErrorCode = (typeof ErrorCodes)[keyof typeof ErrorCodes];

export type BackgroundEndHow = 'exited' | 'stopped' | 'kept' | 'sessionClosed' | 'crashed';

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
  /** What a sub-agent has answered, as the model reads it; absent for a command. */
  readonly result?: string;
  /** Where content in the result came from that is not of the user's making. */
  readonly source?: string;
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
  /** One line for people: the command, or the task of a sub-agent. */
  readonly title: string;
  /** The kind of sub-agent that it is, whose `SubagentEvent`s follow; absent for a command. */
  readonly subagent?: string;
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

/**
 * The editor reports problems in files that Sage has changed, which were not there before and came too late for the
 * result of the call that changed them. The model reads them with its next request.
 */
export interface DiagnosticsArrived {
  readonly type: 'diagnosticsArrived';
  /** Errors and warnings; paths as people see them. */
  readonly diagnostics: readonly EditorDiagnostic[];
  /** How many there are beside these. */
  readonly more?: number;
}

/** Journalled, numbered, and enough to rebuild the session. */
export type DurableEvent =
  | BackgroundEnded
  | BackgroundStarted
  | Compacted
  | DiagnosticsArrived
  | FileChanged
  | FilesRestored
  | HookRan
  | HunksKept
  | ModelAsked
  | ModelChosen
  | Notice
  | PermissionAnswered
  | PermissionAsked
  | PlanAnswered
  | PlanProposed
  | PlanUpdated
  | QueueReordered
  | ReplyEnded
  | SessionCreated
  | SessionTitled
  | Steer
  | SubagentEvent
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
  /** What changed; empty for what is no text, or too long to show. */
  readonly hunks: readonly Hunk[];
  /** What it held; absent when it did not exist, and when that could not be kept. */
  readonly before?: FileImage;
  /** What it holds now; absent when it does not exist, and when that could not be kept. */
  readonly after?: FileImage;
}

/** A change to one file, before or after it is made. */
export interface FileDiff {
  readonly path: string;
  readonly kind: FileChangeKind;
  readonly hunks: readonly Hunk[];
}

/** What a file held, kept with the session so that it can be had back. */
export interface FileImage {
  /** SHA-256 of its bytes in lower-case hexadecimal; of unsaved text in the editor, as UTF-8. */
  readonly hash: string;
  /** Bytes. */
  readonly size: number;
  /** Unix permission bits; absent on Windows and for unsaved text. */
  readonly mode?: number;
}

/** The user has taken back changes, or gone back to an earlier point, or undone just that. */
export interface FilesRestored {
  readonly type: 'filesRestored';
  /** Unique in the session. */
  readonly restoreId: string;
  /** What they did. */
  readonly kind: RestoreKind;
  /** What it changed. */
  readonly files: readonly RestoredFile[];
  /** Back to before this turn, or only what this turn had changed. */
  readonly turnId?: string;
  /** The restore that was redone. */
  readonly undoes?: string;
  /** The user's words to the model. */
  readonly reason?: string;
}

/** Where a session was forked off. */
export interface ForkOrigin {
  /** The session it was made of, which may be gone. */
  readonly sessionId: string;
  /** The last event of that session which is also in this one. */
  readonly seq: number;
}

/** What came of a hook. */
export type HookEffect = 'denied' | 'asked' | 'allowed' | 'changed' | 'added' | 'continued' | 'told' | 'failed';

/** A hook has had an effect, or has failed. One that had nothing to say is no event; one that did two things is two. */
export interface HookRan {
  readonly type: 'hookRan';
  /** What it was run for. */
  readonly on: HookMoment;
  /** Its command, in one line. */
  readonly hook: string;
  /** The file in which it stands, for people. */
  readonly place: string;
  /** What came of it. */
  readonly effect: HookEffect;
  /** Its reason, the words it added, or what went wrong and what to do. */
  readonly text?: string;
  /** The call that it is about. */
  readonly callId?: string;
  /** The arguments that the call has now. */
  readonly input?: unknown;
  /** The words beside the running turn that it is about. */
  readonly steerId?: string;
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

/** The user has reviewed changes, and they stay. */
export interface HunksKept {
  readonly type: 'hunksKept';
  /** Each with what is still to be reviewed in it. */
  readonly files: readonly KeptFile[];
}

/** A file after a review. */
export interface KeptFile {
  /** Relative to the workspace root, with forward slashes. */
  readonly path: string;
  /** The file without the changes still to be reviewed; absent when it did not exist. */
  readonly original?: FileImage;
  /** The file as it is; absent when it does not exist. */
  readonly current?: FileImage;
}

/**
 * A tool has had a model asked beside the conversation: it reads, say, a long page, so that the conversation need not.
 */
export interface ModelAsked {
  readonly type: 'modelAsked';
  /** The call. */
  readonly callId: string;
  /** Who was asked, a model id. */
  readonly model: string;
  /** What it used. */
  readonly usage: TokenUsage;
}

/** The user has chosen a model for this session, whatever is chosen elsewhere. */
export interface ModelChosen {
  readonly type: 'modelChosen';
  /** A model id. */
  readonly model: string;
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
  /** The arguments that the user put in place of the model's. */
  readonly input?: unknown;
}

export interface PermissionAsked {
  readonly type: 'permissionAsked';
  /** The call that waits. */
  readonly callId: string;
  /** The rule a grant would save. */
  readonly rule: string;
  /** What from outside the model had read, when the question says so. */
  readonly source?: string;
}

/** What the user says to a proposed plan. */
export interface PlanAnswered {
  readonly type: 'planAnswered';
  /** The call that proposed it. */
  readonly callId: string;
  /** What becomes of it. */
  readonly decision: PlanDecision;
  /** The mode of the session from the next reply on; only of an accepted plan. */
  readonly mode?: PermissionMode;
  /** The plan as the user has changed it. */
  readonly plan?: string;
  /** Words to parts of it. */
  readonly comments?: readonly PlanComment[];
  /** Words to all of it. */
  readonly reason?: string;
}

export interface PlanItem {
  readonly text: string;
  readonly status: PlanItemStatus;
}

export type PlanItemStatus = 'pending' | 'in_progress' | 'completed';

/** The model proposes a plan. Until it is answered, or the call has its result, the user is asked about it. */
export interface PlanProposed {
  readonly type: 'planProposed';
  /** The call that proposes it. */
  readonly callId: string;
  /** Markdown. */
  readonly plan: string;
}

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

/** What the user did to go back. */
export type RestoreKind = 'undone' | 'restored' | 'redone';

/** A file that was taken back. */
export interface RestoredFile {
  /** Relative to the workspace root, with forward slashes. */
  readonly path: string;
  /** What happened to it. */
  readonly kind: FileChangeKind;
  /** What changed; empty for what is no text. */
  readonly hunks: readonly Hunk[];
  /** What it held; absent when it did not exist. */
  readonly before?: FileImage;
  /** What it holds now; absent when it does not exist. */
  readonly after?: FileImage;
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
  /** The journal's format. 2 may hold snapshots between its events; 1 held none. */
  readonly version: number;
  /** Absolute path of the workspace root. */
  readonly workspace: string;
  /** The session it was made of. */
  readonly forkedFrom?: ForkOrigin;
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
  | DiagnosticsArrived
  | FileChanged
  | FilesRestored
  | HookRan
  | HunksKept
  | ModelAsked
  | ModelChosen
  | Notice
  | PermissionAnswered
  | PermissionAsked
  | PlanAnswered
  | PlanProposed
  | PlanUpdated
  | QueueReordered
  | ReasoningDelta
  | ReplyEnded
  | Retrying
  | SessionCreated
  | SessionTitled
  | Steer
  | Stopping
  | SubagentDelta
  | SubagentEvent
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

/** The session has a name. One that the user gave holds, whatever a model says later. */
export interface SessionTitled {
  readonly type: 'sessionTitled';
  /** One line, at most 80 characters. */
  readonly title: string;
  /** Tokens of the request that named it. */
  readonly usage?: TokenUsage;
  /** Who named it. */
  readonly by?: TitledBy;
}

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

/** Like `TextDelta`, for a reply inside a sub-agent. */
export interface SubagentDelta {
  readonly type: 'subagentDelta';
  /** The call that runs the sub-agent. */
  readonly callId: string;
  /** The reply that grows; of the sub-agent. */
  readonly replyId: string;
  /** Where the piece starts, in UTF-16 code units of the reply's text. */
  readonly offset: number;
  /** The piece. */
  readonly text: string;
}

/**
 * Something happened inside a sub-agent: its own turn, replies, calls and their results. Files that it changes are told
 * as plain `FileChanged`: these belong to the turn that started it. When the call has its result, whatever is open
 * inside was cut off; for one in the background, when its `BackgroundEnded` has come.
 */
export interface SubagentEvent {
  readonly type: 'subagent';
  /** The call that runs the sub-agent. */
  readonly callId: string;
  /** A durable event of its own, never another one of this type. */
  readonly event: SessionEvent;
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

/** Who gave a session its name. */
export type TitledBy = 'model' | 'user';

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
  /**
   * Where the content comes from that it brought in from outside. Until the user speaks again, what the model does on
   * its word is asked. Absent for what is the workspace's own, and for sources that the user trusts.
   */
  readonly source?: string;
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
  /** The reply that made it; the turn, when it is a line of a command file. */
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
  | SubagentDelta
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
  /** The user's words, as they were typed. */
  readonly prompt: string;
  /** The permission mode of the turn. */
  readonly mode: PermissionMode;
  /** The id of the model that answers. */
  readonly model: string;
  /** What came with the words, files as they were read then. */
  readonly attachments?: readonly InputPart[];
  /** The queued prompt that this is; it does not wait any more. */
  readonly queuedId?: string;
  /** What the model reads instead, when the words were a command. */
  readonly command?: SentCommand;
}

/** Tokens of one model request. */
export interface UsageReported {
  readonly type: 'usage';
  /** The reply it gave. */
  readonly replyId: string;
  /** What it used. */
  readonly usage: TokenUsage;
  /** Who was asked, a model id; absent in older journals. */
  readonly model?: string;
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

/** When hooks run. In files their names begin with a capital letter. */
export type HookMoment =
  | 'sessionStart'
  | 'sessionEnd'
  | 'userPromptSubmit'
  | 'preToolUse'
  | 'postToolUse'
  | 'postToolUseFailure'
  | 'permissionRequest'
  | 'notification'
  | 'preCompact'
  | 'stop'
  | 'subagentStop';

/** Whether a hook runs. */
export type HookState = 'active' | 'notAgreed' | 'notTrusted' | 'off';

/** One hook. */
export interface HookSummary {
  /** Changes with everything that it does. */
  readonly id: string;
  /** When it runs. */
  readonly on: HookMoment;
  /** What it runs. */
  readonly command: string;
  /** The file in which it stands, for people. */
  readonly place: string;
  /** Whether it runs. */
  readonly state: HookState;
  /** How long it may take. */
  readonly timeoutSeconds: number;
  /** Whether it runs behind the walls of commands. */
  readonly walled: boolean;
  /** For which tools, or which kinds; absent for all. */
  readonly matcher?: string;
  /** The same file, absolute. */
  readonly path?: string;
}

/** `Methods.listHooks`: the hooks that the user and the project have set up. */
export type ListHooksParams = Record<string, never>;

export interface ListHooksResult {
  /** By moment, in the order in which their answers count. */
  readonly hooks: readonly HookSummary[];
  /** What in the files could not be used, and what to do about it. */
  readonly problems: readonly string[];
}

/** `Methods.testHook`: runs one hook with a made-up event and does nothing with its answer. */
export interface TestHookParams {
  /** As `HookSummary.id`. */
  readonly id: string;
}

export interface TestHookResult {
  /** What the hook was given. */
  readonly input: string;
  /** What it wrote to its output; the beginning when it is long. */
  readonly output: string;
  /** What it wrote to its error stream; the beginning when it is long. */
  readonly errors: string;
  /** What Sage would have done, in words. */
  readonly answer: string;
  /** Milliseconds it took. */
  readonly ms: number;
  /** Absent when it was ended, or never started. */
  readonly exitCode?: number;
}

/** A piece of the replacement. */
export interface InlineEditProgress {
  /** Where the piece starts, in UTF-16 code units of the replacement so far. */
  readonly offset: number;
  /** The piece. */
  readonly text: string;
}

/** An inline edit that the user has not decided about, and wants otherwise. */
export interface RefinedEdit {
  /** What stood in the place of the target before: whole lines joined by LF. */
  readonly original: string;
  /** What the user asked for until now, the oldest first. */
  readonly instructions: readonly string[];
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
  /** Set when the target shows what an earlier edit proposed, and the instruction is about that. */
  readonly refines?: RefinedEdit;
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

/** Whether a provider wants an API key. */
export type KeyNeed = 'required' | 'optional' | 'none';

/** `Methods.listModels`. */
export type ListModelsParams = Record<string, never>;

export interface ListModelsResult {
  /** What can be chosen, in the order to show. */
  readonly models: readonly ModelSummary[];
  /** The id new turns use; the demo model's when nothing else is configured. */
  readonly selected: string;
}

/** `Methods.listProviders`. */
export type ListProvidersParams = Record<string, never>;

export interface ListProvidersResult {
  /** Whom a user can connect, in the order to show; the built-in demo is not among them. */
  readonly providers: readonly ProviderSummary[];
}

export interface LongInputPrice {
  /** Input tokens; a request with more is charged the other price, as a whole. */
  readonly above: number;
  /** The other price. */
  readonly price: ModelPrice;
}

/** What a model costs, in US dollars for a million tokens of each kind. */
export interface ModelPrice {
  /** Input that is read anew. */
  readonly input: number;
  /** Output, reasoning included. */
  readonly output: number;
  /** Input read from the provider's cache; as `input` when absent. */
  readonly cachedInput?: number;
  /** Input that is written to the provider's cache; as `input` when absent. */
  readonly cacheWrite?: number;
  /** What requests with a long input cost instead, where that is more. */
  readonly long?: LongInputPrice;
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
  /** What it costs, where known: as the user has set it, else as Sage or the provider lists it. */
  readonly price?: ModelPrice;
  /** Whether it reads images, where known. */
  readonly images?: boolean;
  /** Whether it thinks before it answers, where known. */
  readonly thinking?: boolean;
}

/** A provider that can be connected, and what that takes. */
export interface ProviderSummary {
  /** The first part of its models' ids. */
  readonly id: string;
  /** For people. */
  readonly name: string;
  /** Whether it wants an API key. */
  readonly key: KeyNeed;
  /** The provider under whose id its key is handed over: both formats of OpenAI take one key. */
  readonly keyOf: string;
  /** Where it answers unless told otherwise; absent when the user has to say. */
  readonly baseUrl?: string;
  /** Where a key was found: an environment variable, or `editor`. Absent when there is none. */
  readonly keyFrom?: string;
}

/** `Methods.selectModel`. */
export interface SelectModelParams {
  /** The model that answers from now on where no other was chosen. */
  readonly id: string;
  /** The session for which it is chosen, whatever is chosen elsewhere later. */
  readonly sessionId?: string;
}

/** `Methods.setModelKey`. The key stays in memory: the client stores it, the server never does. */
export interface SetModelKeyParams {
  /** For example `anthropic`. */
  readonly provider: string;
  /** The key; null forgets it. */
  readonly key: string | null;
}

export interface TestFailure {
  /** One of `TurnErrorCodes`. */
  readonly code: string;
  /** Says what is wrong and what to do; never a key. */
  readonly message: string;
}

/**
 * `Methods.testModel`: the cheapest real request that shows whether a provider can be used. Nothing is configured by
 * it, and the key is kept nowhere. Bounded in time; cancel the request to stop it.
 */
export interface TestModelParams {
  /** A provider's id. */
  readonly provider: string;
  /** Where to ask; the provider's own address when absent. */
  readonly baseUrl?: string;
  /** The key to try; empty for none at all. When absent, the one that a turn would use. */
  readonly key?: string;
  /**
   * The provider's own id of the model that has to answer. When absent, the provider is asked for its models, and for a
   * word where a list proves nothing.
   */
  readonly model?: string;
}

export interface TestModelResult {
  /** Whether the request was answered as it should be. */
  readonly ok: boolean;
  /**
   * What the provider can be asked for, in the order to show; empty when it does not say, and when one model was
   * tested.
   */
  readonly models: readonly TestedModel[];
  /** Why not, when it was not. */
  readonly error?: TestFailure;
}

export interface TestedModel {
  /** The provider's own id. */
  readonly id: string;
  /** For people. */
  readonly name: string;
}

/** Why an MCP server wants the user in a browser. */
export type AddressPurpose = 'signIn' | 'page';

/**
 * `Methods.listMcpServers`: all that are configured. In a trusted workspace, looking at them starts those that are
 * wanted.
 */
export type ListMcpServersParams = Record<string, never>;

export interface ListMcpServersResult {
  /** By name. None without a folder: that is where they run. */
  readonly servers: readonly McpServerSummary[];
  /** Files that could not be read, for people. */
  readonly problems: readonly string[];
  /** Where a server for every workspace goes; absolute. The file need not be there. */
  readonly userPath: string;
  /** Where a server for everybody who works in this workspace goes; absolute. Null without a folder. */
  readonly workspacePath?: string;
}

/** `Methods.listResources`: what can stand behind an `@` in a prompt of what MCP servers offer now. */
export type ListResourcesParams = Record<string, never>;

export interface ListResourcesResult {
  /** In the order of servers and addresses. */
  readonly resources: readonly ResourceSummary[];
}

/** `Methods.mcpChanged`. Several changes make one notification. */
export interface McpChangedParams {
  /** True when `Methods.listMcpServers` has another answer than before. */
  readonly servers: boolean;
  /** The servers whose log has more lines. */
  readonly logs: readonly string[];
}

export interface McpLogLine {
  /** Grows by one with each line of the server. */
  readonly number: number;
  /** When it was said. */
  readonly at: string;
  /** True for words of Sage's, false for what came over the server's error stream. */
  readonly isNotice: boolean;
  /** Without colours, control characters and secrets. */
  readonly text: string;
}

/** Who has configured a server. */
export type McpServerSource = 'user' | 'editor' | 'project';

/** How a server stands. */
export type McpServerState = 'starting' | 'ready' | 'failed' | 'stopped' | 'disabled' | 'waitingForConsent';

/** A configured server and how it stands. */
export interface McpServerSummary {
  /** What requests call it by; it stands in the names of its tools. */
  readonly name: string;
  /** Whose it is. */
  readonly source: McpServerSource;
  /** The file that has it, for people: `.mcp.json`. */
  readonly place: string;
  /** The same file; absolute. */
  readonly path: string;
  /** Its name as it is written there. */
  readonly key: string;
  /** What is run or called, in a line, without variables and headers. */
  readonly what: string;
  /** How it stands. */
  readonly state: McpServerState;
  /** What it offered last; kept when it has ended, since it may be back. */
  readonly tools: readonly McpToolSummary[];
  /** Why it does not run, with the last line that it said; null when there is nothing to say. */
  readonly reason?: string;
  /** When it is started again by itself; null when it is not. */
  readonly restartsAt?: string;
}

export interface McpToolSummary {
  /** As the server calls it, and as `Methods.setMcpTool` does. */
  readonly name: string;
  /** As the model and rules call it: `mcp__server__tool`. */
  readonly fullName: string;
  /** The server's own words. */
  readonly description: string;
  /** False when the user has switched it off: the model does not get to know it. */
  readonly enabled: boolean;
  /** About what it adds to each request while it is offered. */
  readonly tokens: number;
}

/** `Methods.openAddress`: opens an address in the user's browser. The editor asks before it does. */
export interface OpenAddressParams {
  /** http or https. */
  readonly url: string;
  /** The MCP server that wants it. */
  readonly server: string;
  /** What it is for. */
  readonly purpose: AddressPurpose;
  /**
   * An address on this machine that the browser will come back to; the editor makes it reachable from where the browser
   * runs.
   */
  readonly callback?: string;
}

export interface OpenAddressResult {
  /** False when the user did not want it. */
  readonly opened: boolean;
}

/** `Methods.readMcpLog`: the newest of what a server said, and of what became of it. It goes on over restarts. */
export interface ReadMcpLogParams {
  /** Its `McpServerSummary.name`. */
  readonly server: string;
  /** Only lines with a higher number. */
  readonly after?: number;
}

export interface ReadMcpLogResult {
  /** In order. Numbers that are missing between two were dropped: only the newest are kept. */
  readonly lines: readonly McpLogLine[];
}

/** `Methods.readMcpSecret`: what was kept for an MCP server in the editor's secret storage. */
export interface ReadMcpSecretParams {
  /** What it is kept under; the editor keeps it apart from everything else. */
  readonly name: string;
}

export interface ReadMcpSecretResult {
  /** Null when there is none. */
  readonly value?: string;
}

/** One resource of an MCP server. All but the server's name is the server's words. */
export interface ResourceSummary {
  /** Its name. */
  readonly server: string;
  /** The address, or a template of addresses with `{…}` to be filled in. */
  readonly uri: string;
  /** For people, on one line. */
  readonly name: string;
  /** One line. */
  readonly description?: string;
}

/** `Methods.restartMcpServer`: ends it when it runs, and starts it. */
export interface RestartMcpServerParams {
  /** Its `McpServerSummary.name`. */
  readonly server: string;
}

/**
 * `Methods.setMcpTool`: kept in the user's settings, for every workspace with a server of that name. Counts from the
 * next request to the model on.
 */
export interface SetMcpToolParams {
  /** Its `McpServerSummary.name`. */
  readonly server: string;
  /** Its `McpToolSummary.name`. */
  readonly tool: string;
  /** False switches it off. */
  readonly enabled: boolean;
}

/** `Methods.startMcpServer`: one that was stopped, or that was given up. Nothing for one that runs. */
export interface StartMcpServerParams {
  /** Its `McpServerSummary.name`. */
  readonly server: string;
}

/** `Methods.stopMcpServer`: until it is started again, or this process ends. Its tools are withheld from the model. */
export interface StopMcpServerParams {
  /** Its `McpServerSummary.name`. */
  readonly server: string;
}

/**
 * `Methods.useEditorMcpServers`: the file in which the editor keeps the user's servers, in place of one that was named
 * before.
 */
export interface UseEditorMcpServersParams {
  /** What it is called, for people. */
  readonly place: string;
  /** Absolute. The file need not be there; null for none. */
  readonly path?: string;
}

/** `Methods.writeMcpSecret`: keeps something for an MCP server in the editor's secret storage. */
export interface WriteMcpSecretParams {
  /** What it is kept under. */
  readonly name: string;
  /** Null forgets it. */
  readonly value?: string;
}

/**
 * `Methods.listMemory`: the files whose words every prompt begins with. A workspace that is not trusted brings none.
 */
export type ListMemoryParams = Record<string, never>;

export interface ListMemoryResult {
  /** In the order in which the model reads them: where two disagree, the later one counts. */
  readonly files: readonly MemoryFile[];
  /** Where something to remember in every workspace goes; absolute. The file need not be there. */
  readonly userPath: string;
  /** Where something to remember in this workspace goes; absolute. Null without a trusted workspace. */
  readonly workspacePath?: string;
}

/** A file with rules for agents. */
export interface MemoryFile {
  /** As people write it: `AGENTS.md`, `~/.sage/AGENTS.md`. */
  readonly name: string;
  /** Absolute. */
  readonly path: string;
  /** Whose it is. */
  readonly source: MemorySource;
  /** In bytes. */
  readonly length: number;
  /** Why it was cut or left out, for people; null when all of it is read. */
  readonly problem?: string;
  /** The file that points at it with `@`; null when it counts by its own name. */
  readonly importedBy?: string;
}

/** Who wrote a file with rules. */
export type MemorySource = 'user' | 'workspace';

/** The name of every Sage request and notification on the wire, each written once. */
export const Methods = {
  /** Client → server, long-running: runs one turn and answers when it has ended. */
  runTurn: 'sage/turn/run',
  /** Client → server, long-running: goes on with a turn that asked the user when the server died. */
  resumeTurn: 'sage/turn/resume',
  /** Client → server: the second Stop, which waits for nothing. */
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
  /** Client → server: loads a session and returns its newest events. */
  openSession: 'sage/session/open',
  /** Client → server: older events of a session. */
  pageSession: 'sage/session/page',
  /** Client → server: makes a conversation shorter now. */
  compactSession: 'sage/session/compact',
  /** Client → server: what fills the context of the model. */
  describeContext: 'sage/session/context',
  /** Client → server: what the model requests of a session have used. */
  describeCost: 'sage/session/cost',
  /** Client → server: gives a session a name. */
  renameSession: 'sage/session/rename',
  /** Client → server: puts a session into the trash. */
  deleteSession: 'sage/session/delete',
  /** Client → server: takes a session out of the trash. */
  restoreSession: 'sage/session/restore',
  /** Client → server: makes a new session of the beginning of another. */
  forkSession: 'sage/session/fork',
  /** Client → server: a session as text, to be read or to be imported. */
  exportSession: 'sage/session/export',
  /** Client → server: makes a new session of an exported one. */
  importSession: 'sage/session/import',
  /** Client → server: finds sessions by what was said in them. */
  searchSessions: 'sage/session/search',
  /** Client → server: ends one tool call; its turn goes on. */
  stopCall: 'sage/call/stop',
  /** Client → server: words for one sub-agent that works. */
  steerSubagent: 'sage/subagent/steer',
  /** Client → server: the kinds of sub-agents that there are. */
  listSubagents: 'sage/subagent/list',
  /** Client → server: what runs in the background of a session. */
  listBackground: 'sage/background/list',
  /** Client → server: ends one background task. */
  stopBackground: 'sage/background/stop',
  /** Client → server: ends one background task, for the user to go on with it in a terminal. */
  keepBackground: 'sage/background/keep',
  /** Client → server: the end of what a background task has said. */
  readBackgroundOutput: 'sage/background/output',
  /** Client → server: makes the command of a running call a background task. */
  moveToBackground: 'sage/command/background',
  /** Client → server: what Sage changed and the user has not reviewed. */
  listHunks: 'sage/hunk/list',
  /** Client → server: a file without the changes to review. */
  readOriginal: 'sage/hunk/original',
  /** Client → server: changes are reviewed and stay. */
  keepHunks: 'sage/hunk/keep',
  /** Client → server: changes are taken back. */
  undoHunks: 'sage/hunk/undo',
  /** Client → server: the points that files can be taken back to. */
  listCheckpoints: 'sage/checkpoint/list',
  /** Client → server: what restoring would do. */
  previewRestore: 'sage/checkpoint/preview',
  /** Client → server: takes files back to before a turn. */
  restore: 'sage/checkpoint/restore',
  /** Client → server: takes back an undo or a restore. */
  redoRestore: 'sage/checkpoint/redo',
  /** Server → client notification: one `EventEnvelope`. */
  event: 'sage/event',
  /** Server → client: may this tool call run? */
  requestPermission: 'sage/permission/request',
  /** Server → client: questions the model puts to the user. */
  askQuestion: 'sage/question/ask',
  /** Server → client: a plan that the user accepts, comments or refuses. */
  reviewPlan: 'sage/plan/review',
  /** Client → server: the models that can be chosen, and which one is. */
  listModels: 'sage/model/list',
  /** Client → server: the model that new turns use. */
  selectModel: 'sage/model/select',
  /** Client → server: hands over (or forgets) an API key. Keys travel only here and in `Methods.testModel`. */
  setModelKey: 'sage/model/setKey',
  /** Client → server: the providers that can be connected, with what each needs. */
  listProviders: 'sage/model/providers',
  /** Client → server: asks a provider something, to see whether key and address are right. */
  testModel: 'sage/model/test',
  /** Server → client: the models of the editor. */
  listEditorModels: 'sage/editorModel/list',
  /** Server → client, long-running: asks a model of the editor and answers when its reply is complete. */
  askEditorModel: 'sage/editorModel/ask',
  /** Client → server: a piece of that reply; answered when there is room for the next. */
  editorModelPart: 'sage/editorModel/part',
  /** Client → server notification: the editor has other models now. */
  editorModelsChanged: 'sage/editorModel/changed',
  /** Client → server, notification: the skills that the editor's extensions bring. */
  contributeSkills: 'sage/skill/contribute',
  /** Client → server, long-running: rewrites a range; text streams as `$/progress` partial results. */
  runInlineEdit: 'sage/inlineEdit/run',
  /** Client → server, long-running: drafts the message of a commit. */
  writeCommitMessage: 'sage/commitMessage/write',
  /** Client → server: everything that runs in the server. */
  runtimeSnapshot: 'sage/runtime/snapshot',
  /** Client → server: what protects from commands that nobody looked at. */
  protection: 'sage/runtime/protection',
  /** Client → server: whether everything that Sage needs is there. */
  runDoctor: 'sage/runtime/doctor',
  /** Client → server: what the project brings along that the user has not decided about. */
  listProjectOffers: 'sage/project/offers',
  /** Client → server: what the user says to such an offer. */
  answerProjectOffer: 'sage/project/answer',
  /** Client → server: the commands that a prompt can begin with. */
  listCommands: 'sage/commands/list',
  /** Client → server: the skills that the model can load. */
  listSkills: 'sage/skill/list',
  /** Client → server: the resources of MCP servers that a prompt can point at. */
  listResources: 'sage/mcp/resources',
  /** Server → client: an address that an MCP server wants the user to visit. */
  openAddress: 'sage/mcp/openAddress',
  /**
   * Server → client: what is kept for an MCP server in the editor's secret storage. Tokens travel only here and in
   * `Methods.writeMcpSecret`.
   */
  readMcpSecret: 'sage/mcp/readSecret',
  /** Server → client: keeps something for an MCP server there, or forgets it. */
  writeMcpSecret: 'sage/mcp/writeSecret',
  /** Client → server: the files that the model reads before every prompt. */
  listMemory: 'sage/memory/list',
  /** Client → server: the MCP servers that are configured, and how they stand. */
  listMcpServers: 'sage/mcp/list',
  /** Client → server: starts an MCP server that does not run. */
  startMcpServer: 'sage/mcp/start',
  /** Client → server: ends an MCP server until it is started again. */
  stopMcpServer: 'sage/mcp/stop',
  /** Client → server: ends an MCP server and starts it. */
  restartMcpServer: 'sage/mcp/restart',
  /** Client → server: switches a tool of an MCP server on or off. */
  setMcpTool: 'sage/mcp/setTool',
  /** Client → server: what an MCP server said, and what became of it. */
  readMcpLog: 'sage/mcp/log',
  /** Client → server: the MCP servers that the user has configured in the editor. */
  useEditorMcpServers: 'sage/mcp/useEditorServers',
  /** Server → client notification: MCP servers stand otherwise, or have said something. */
  mcpChanged: 'sage/mcp/changed',
  /** Client → server: the hooks that the user and the project have set up. */
  listHooks: 'sage/hook/list',
  /** Client → server: runs one hook with a made-up event, to see what it would do. */
  testHook: 'sage/hook/test',
  /** Server → client: what the editor's language servers report. */
  readDiagnostics: 'sage/editor/diagnostics',
  /** Server → client: where a symbol is used. */
  findReferences: 'sage/editor/references',
  /** Server → client: where a symbol is defined. */
  findDefinitions: 'sage/editor/definitions',
  /** Server → client: the outline of a file. */
  listDocumentSymbols: 'sage/editor/documentSymbols',
  /** Server → client: symbols by name. */
  findWorkspaceSymbols: 'sage/editor/workspaceSymbols',
  /** Server → client: what the editor tells of a symbol. */
  readHover: 'sage/editor/hover',
  /** Server → client: what renaming a symbol would change. */
  renameSymbol: 'sage/editor/rename',
  /** Server → client: what the light bulb offers, or what one entry of it would change. */
  listCodeActions: 'sage/editor/codeActions',
  /** Server → client: save this open document (it was clean before Sage edited it). */
  saveDocument: 'sage/document/save',
} as const;

export type Method = (typeof Methods)[keyof typeof Methods];

/** `Methods.answerProjectOffer`. When the project offers something else by now, nothing is agreed to. */
export interface AnswerProjectOfferParams {
  /** As `ProjectOffer.kind`. */
  readonly kind: string;
  /** Of what was shown. */
  readonly hash: string;
  /** The user's. */
  readonly answer: OfferAnswer;
}

/** How long a grant holds. */
export type GrantScope = 'once' | 'session' | 'workspace' | 'user';

/** `Methods.listProjectOffers`: what the user is still to be asked about. None in a workspace that is not trusted. */
export type ListProjectOffersParams = Record<string, never>;

/** What the user says to an offer. */
export type OfferAnswer = 'use' | 'notNow' | 'never';

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
  /**
   * What an edit would change, file by file, when that is known before it runs; a move is a deletion and a creation.
   */
  readonly previews?: readonly FileDiff[];
  /** A wider rule that may be saved instead: `run_command(npm test *)`; none when that would not be safe. */
  readonly widerRule?: string;
  /** Why it is asked, when that is not the mode alone: which rule of which file says so. */
  readonly reason?: string;
  /** What would happen that cannot easily be had back, one sentence. */
  readonly danger?: string;
}

export interface PermissionRequestResult {
  /** Allow or deny. */
  readonly decision: PermissionDecision;
  /** How long an allow holds for the rule. */
  readonly scope?: GrantScope;
  /** Why the user said no; the model reads it. */
  readonly reason?: string;
  /** Other arguments for the call; then it is allowed once, with these. */
  readonly input?: unknown;
  /** The rule to save: `PermissionRequestParams.widerRule`, or the exact one when absent. */
  readonly rule?: string;
}

/** Something that a project brings along and that does nothing until the user has seen it and agreed. */
export interface ProjectOffer {
  /** What it is: `permissions.allow`. */
  readonly kind: string;
  /** Where it stands, for people: `.sage/settings.json`. */
  readonly place: string;
  /** All that is agreed to, as it has to be shown. */
  readonly lines: readonly string[];
  /** Of kind and lines: an answer is for exactly these. */
  readonly hash: string;
}

export interface ProjectOffers {
  /** What the user is to be asked about now. */
  readonly offers: readonly ProjectOffer[];
}

/** What the user says to one part of a plan. */
export interface PlanComment {
  /** 1-based line of the plan where the part begins; of the changed one, when there is one. */
  readonly line: number;
  /** The part, as it stands there. */
  readonly quote: string;
  /** The user's words. */
  readonly text: string;
}

export type PlanDecision = 'accept' | 'revise' | 'reject';

/**
 * `Methods.reviewPlan`: the model proposes a plan, and nothing is changed until the user has accepted one. Cancelled by
 * the server when the turn is stopped.
 */
export interface ReviewPlanParams {
  /** The session that plans. */
  readonly sessionId: string;
  /** The tool call; the review belongs on its card. */
  readonly callId: string;
  /** Markdown, as the model wrote it. */
  readonly plan: string;
}

export interface ReviewPlanResult {
  /** What becomes of the plan. */
  readonly decision: PlanDecision;
  /**
   * The mode in which an accepted plan is carried out: `ask`, which also stands for what is no such mode, or
   * `autoEdit`.
   */
  readonly mode?: PermissionMode;
  /** The plan as the user has changed it; absent when they did not. */
  readonly plan?: string;
  /** Words to parts of the plan, in the order of its lines; the model reads them. */
  readonly comments?: readonly PlanComment[];
  /** Words to all of it; the model reads them. */
  readonly reason?: string;
}

/** `Methods.askQuestion`: a card with one or more questions. Cancelled by the server when the turn is stopped. */
export interface AskQuestionParams {
  readonly sessionId: string;
  readonly callId: string;
  readonly questions: readonly Question[];
  /** Who asks, when it is not the model; then the user can also say no. */
  readonly from?: QuestionSource;
}

export interface AskQuestionResult {
  /** One entry a question, in order: the chosen labels, or the user's own words. */
  readonly answers: readonly (readonly string[])[];
  /** True when the user closed the card without answering. */
  readonly dismissed?: boolean;
  /** True when the user said no to who asks. Null when not. */
  readonly declined?: boolean;
}

export interface Question {
  /** The question. */
  readonly text: string;
  /** Suggested answers; the user may always write their own. */
  readonly options: readonly QuestionOption[];
  /** Whether several options may be chosen. */
  readonly multiple?: boolean;
  /** Whether it may be left without an answer. Null when not. */
  readonly isOptional?: boolean;
  /** Whether nothing but the options is an answer. Null when not. */
  readonly isClosed?: boolean;
}

export interface QuestionOption {
  readonly label: string;
  readonly description?: string;
}

/** An MCP server that asks during a call. All of it is the server's words. */
export interface QuestionSource {
  /** Its name, as the user has configured it. */
  readonly server: string;
  /** Why it asks. */
  readonly message: string;
}

export interface DoctorFinding {
  /** How serious it is. */
  readonly verdict: DoctorVerdict;
  /** What was looked at, in a word. */
  readonly subject: string;
  /** What was found, and what to do when it is not well. */
  readonly text: string;
}

/** How serious a finding is. */
export type DoctorVerdict = 'ok' | 'warn' | 'fail';

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

/** `Methods.protection`: what stands around commands that nobody looked at. The first answer takes a test command. */
export type ProtectionParams = Record<string, never>;

export interface ProtectionResult {
  /** Whether there are walls. */
  readonly walls: WallState;
  /** Whether walled commands may use the network. */
  readonly network: boolean;
  /** What the walls are made of, for people: `Landlock 7`. */
  readonly means: readonly string[];
  /** What is missing, each a sentence for people. */
  readonly missing: readonly string[];
}

/** `Methods.runDoctor`: whether everything that Sage needs is there. No model is asked, and no key is shown. */
export type RunDoctorParams = Record<string, never>;

export interface RunDoctorResult {
  /** The same, in the same order, as of `sage doctor`. */
  readonly findings: readonly DoctorFinding[];
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

/** How far the walls go. */
export type WallState = 'whole' | 'partly' | 'none' | 'switchedOff';

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

/** One part of a request. */
export interface ContextPart {
  /** What it is. */
  readonly kind: ContextPartKind;
  /** About: no provider counts by parts. */
  readonly tokens: number;
  /** Which one, where there are several of a kind: `Rules from AGENTS.md`. */
  readonly name?: string;
}

/** What a part of a request is. */
export type ContextPartKind =
  | 'instructions'
  | 'rules'
  | 'tools'
  | 'serverTools'
  | 'summary'
  | 'prompts'
  | 'replies'
  | 'toolResults'
  | 'news';

/** What the requests for one purpose to one model have used. */
export interface CostLine {
  /** What for. */
  readonly purpose: CostPurpose;
  /** How many were answered. */
  readonly requests: number;
  /** All together; the cost is of those whose price was known. */
  readonly usage: TokenUsage;
  /** A model id; absent where the journal does not say, as for summaries. */
  readonly model?: string;
}

/** What models are asked for. */
export type CostPurpose = 'replies' | 'subagents' | 'summaries' | 'titles' | 'tools';

/** `Methods.createSession`. */
export type CreateSessionParams = Record<string, never>;

export interface CreateSessionResult {
  readonly sessionId: string;
}

/**
 * `Methods.deleteSession`: puts it into the trash, with its spilled outputs and its checkpoints; it stays there for 30
 * days. Fails with `ErrorCodes.turnRunning` while a turn runs, and with `ErrorCodes.sessionReadOnly` while another
 * window has it.
 */
export interface DeleteSessionParams {
  /** The session. */
  readonly sessionId: string;
}

/**
 * `Methods.describeContext`: what the next request of a session would say to the model, and how much of its context
 * that takes.
 */
export interface DescribeContextParams {
  /** The session. */
  readonly sessionId: string;
}

export interface DescribeContextResult {
  /** The id of the model that would be asked. */
  readonly model: string;
  /** In the order in which a request says them. */
  readonly parts: readonly ContextPart[];
  /**
   * True when the provider's count of the last request says how many tokens a character is; else a rule of thumb does.
   */
  readonly isMeasured: boolean;
  /** How many tokens the model can read, where that is known. */
  readonly window?: number;
  /** From how many tokens on the conversation is made shorter; absent without a window. */
  readonly compactsAt?: number;
}

/** `Methods.describeCost`: what the model requests of a session have used. */
export interface DescribeCostParams {
  /** The session. */
  readonly sessionId: string;
}

export interface DescribeCostResult {
  /** One for each purpose and model, in the order of the first request. */
  readonly lines: readonly CostLine[];
}

export type ExportFormat = 'markdown' | 'json';

/** `Methods.exportSession`. */
export interface ExportSessionParams {
  /** The session. */
  readonly sessionId: string;
  /** For people, or for `Methods.importSession`. */
  readonly format: ExportFormat;
}

export interface ExportSessionResult {
  /** The whole export. */
  readonly text: string;
  /** A name that fits it, without a folder. */
  readonly fileName: string;
}

/** A session as a file: what `ExportFormat.json` writes and `Methods.importSession` reads. */
export interface ExportedSession {
  /** Always `sage-session`. */
  readonly format: string;
  /** What it is called. */
  readonly title: string;
  /** All durable ones, numbered from 1 without gaps. */
  readonly events: readonly EventEnvelope[];
}

/**
 * `Methods.forkSession`: a new session that begins like this one. The other stays as it is. What waited in the queue
 * and what runs in the background stays with the other.
 */
export interface ForkSessionParams {
  /** The session. */
  readonly sessionId: string;
  /**
   * The event to fork at. The start of a turn: the fork ends before it. Any other: the fork ends with the turn that the
   * event belongs to, which must have ended. Null: the fork holds every turn that has ended.
   */
  readonly atSeq?: number;
}

export interface ForkSessionResult {
  /** The new session. */
  readonly sessionId: string;
  /** Its name. */
  readonly title: string;
}

/**
 * `Methods.importSession`: makes a new session of an export, in this workspace. Nothing it says was granted holds here.
 */
export interface ImportSessionParams {
  /** An `ExportedSession` as JSON. */
  readonly text: string;
}

export interface ImportSessionResult {
  /** The new session. */
  readonly sessionId: string;
}

/** `Methods.listSessions`. */
export interface ListSessionsParams {
  /** At most this many, newest first. */
  readonly limit?: number;
  /** Words that all have to be in the title, in any case and order; null for every session. */
  readonly query?: string;
  /** Also the sessions of folders that are gone: moved, renamed or deleted. Opening one brings it here. */
  readonly everywhere?: boolean;
  /** Those of this folder that are in the trash, and no others. */
  readonly deleted?: boolean;
}

export interface ListSessionsResult {
  readonly sessions: readonly SessionSummary[];
}

/**
 * `Methods.openSession`: the newest durable events from `fromSeq` on, then the partial text in flight. Of a long
 * session older ones are left out: the first that is given has a higher number, and `Methods.pageSession` gives those
 * before it.
 */
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
  /**
   * True when another window has the session: whatever would change it is refused with `ErrorCodes.sessionReadOnly`. No
   * events of it are streamed here; open it again to see what is new, or to find it free.
   */
  readonly readOnly?: boolean;
}

/** `Methods.pageSession`: the durable events that lie before those the client has. */
export interface PageSessionParams {
  /** The session. */
  readonly sessionId: string;
  /** The number of the oldest event the client has. */
  readonly beforeSeq: number;
  /** At most so many; fewer when they are long. */
  readonly limit?: number;
}

export interface PageSessionResult {
  /** In order. There are more before them unless the first is number 1, or there is none. */
  readonly events: readonly EventEnvelope[];
}

/** `Methods.renameSession`: the name holds, whatever a model would call it. */
export interface RenameSessionParams {
  /** The session. */
  readonly sessionId: string;
  /** One line, at most 80 characters. */
  readonly title: string;
}

/** `Methods.restoreSession`: takes it out of the trash again. */
export interface RestoreSessionParams {
  /** The session. */
  readonly sessionId: string;
}

/** `Methods.searchSessions`: in titles, prompts and replies of the workspace's sessions. */
export interface SearchSessionsParams {
  /** Words that all have to be there, in any case and order. */
  readonly query: string;
  /** At most this many sessions, newest first. */
  readonly limit?: number;
}

export interface SearchSessionsResult {
  readonly matches: readonly SessionMatch[];
}

/** A session in which the words were found. */
export interface SessionMatch {
  /** The session. */
  readonly sessionId: string;
  /** What it is called. */
  readonly title: string;
  /** One line around the first of the words. */
  readonly snippet: string;
  /** The newest prompt or reply that has them; 0 when only the title does. */
  readonly seq: number;
  /** When its last event was written. */
  readonly updatedAt: string;
}

export interface SessionSummary {
  /** Opaque. */
  readonly sessionId: string;
  /** The name it was given, else the start of the first prompt; empty for a session nobody has used. */
  readonly title: string;
  /** When its last event was written. */
  readonly updatedAt: string;
  /** True while a turn runs in this process. */
  readonly running?: boolean;
  /** Where it was forked off. */
  readonly forkedFrom?: ForkOrigin;
  /** How many files its calls changed; null when that would have to be counted first. */
  readonly changedFiles?: number;
  /** The folder it belongs to, where that is gone; null for the sessions of this folder. */
  readonly workspace?: string;
}

/** `Methods.contributeSkills`: all skills that the editor's extensions bring, in place of those told before. */
export interface ContributeSkillsParams {
  /** In the order in which they count. */
  readonly skills: readonly ContributedSkill[];
}

export interface ContributedSkill {
  /** Where its `SKILL.md` is; absolute. */
  readonly folder: string;
  /** As people write it: `publisher.name/skills/pdf`. */
  readonly place: string;
}

/** `Methods.listSkills`: the skills that the model can load. A workspace that is not trusted brings none. */
export type ListSkillsParams = Record<string, never>;

export interface ListSkillsResult {
  /** In the order of their names. */
  readonly skills: readonly SkillSummary[];
  /** What was left out. */
  readonly problems: readonly SkillProblem[];
}

/** A skill that was left out. */
export interface SkillProblem {
  /** Which, and why, for people. */
  readonly text: string;
  /** Its SKILL.md; absolute. */
  readonly path: string;
}

export interface SkillSummary {
  /** What the model loads it by. */
  readonly name: string;
  /** One line. */
  readonly description: string;
  /** Its folder, as people write it: `.sage/skills/pdf`. */
  readonly place: string;
  /** Its SKILL.md; absolute. */
  readonly path: string;
  /** True when the repository brought it, false when it is the user's own. */
  readonly isOfWorkspace: boolean;
}

/**
 * `Methods.listSubagents`: which kinds of sub-agents the model can start. A workspace that is not trusted brings none.
 */
export type ListSubagentsParams = Record<string, never>;

export interface ListSubagentsResult {
  /** Those that Sage brings, then the others in the order of their names. */
  readonly kinds: readonly SubagentKindSummary[];
  /** Files that were left out, or count in part. */
  readonly problems: readonly SubagentProblem[];
  /** Where the user's own files lie: an absolute path. */
  readonly userFolder: string;
  /** Where those of the workspace lie; absent where none is open or it is not trusted. */
  readonly workspaceFolder?: string;
}

/**
 * `Methods.steerSubagent`: words for one sub-agent. Its model reads them before its next reply; its card tells how far
 * they got, as `Steer` inside a `SubagentEvent`. Words that it has not read when it ends are dropped. Fails with
 * `ErrorCodes.noTurnRunning` when it has not begun, or can take nothing any more.
 */
export interface SteerSubagentParams {
  /** The session. */
  readonly sessionId: string;
  /** The call that started the sub-agent. */
  readonly callId: string;
  /** Chosen by the client, unique in the sub-agent. */
  readonly id: string;
  /** The words; not a command. */
  readonly text: string;
}

export interface SubagentKindSummary {
  /** What the model calls it. */
  readonly name: string;
  /** One line: what it is for. */
  readonly description: string;
  /** Whose it is. */
  readonly source: SubagentSource;
  /** The file, as people write it: `.sage/agents/reviewer.md`; `Sage` for what it brings itself. */
  readonly place: string;
  /** How many requests it makes at most. */
  readonly maxRequests: number;
  /** The file: an absolute path; absent for what Sage brings itself. */
  readonly path?: string;
  /** Which of the tools of whom starts it it has; absent for all of them. */
  readonly tools?: readonly string[];
  /** Which it has not. */
  readonly withoutTools?: readonly string[];
  /** The widest it may go, whatever the turn may. */
  readonly mode?: PermissionMode;
  /** Who answers; absent for the model of the turn. */
  readonly model?: string;
}

export interface SubagentProblem {
  /** For people: what is wrong, and with which file. */
  readonly text: string;
  /** The file: an absolute path. */
  readonly path: string;
}

/** Who brought a kind of sub-agent. */
export type SubagentSource = 'workspace' | 'user' | 'builtIn';

/** `Methods.editQueued`: other words for a prompt or steer that was not delivered yet. */
export interface EditQueuedParams {
  /** The session. */
  readonly sessionId: string;
  /** The prompt. Fails with `ErrorCodes.notWaiting` when it does not wait any more. */
  readonly id: string;
  /** Replaces what it said. */
  readonly input: readonly InputPart[];
}

/** Something that the editor showed the user, as text: it is no file, and was true at that moment. */
export interface ExcerptPart {
  readonly type: 'excerpt';
  /** What it was taken from. */
  readonly source: ExcerptSource;
  /** For people and the model, for example `Problems in src/cart.ts`. */
  readonly title: string;
  /**
   * As it was shown. Of more than 50,000 characters the server keeps the beginning and the end, and says how much is
   * left out.
   */
  readonly text: string;
}

/** What an `ExcerptPart` was taken from. */
export type ExcerptSource = 'problems' | 'terminal' | 'changes' | 'test' | 'conflict';

/** A file (or folder) the user points at; the server reads the file. */
export interface FilePart {
  readonly type: 'file';
  /** Absolute, or relative to the workspace root; a folder ends in `/`. */
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
export type InputPart = ExcerptPart | FilePart | ImagePart | ResourcePart | SelectionPart | TextPart;

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
 * A resource of an MCP server that the user pointed at with `@server:uri`; the server reads it, a client never sends
 * one.
 */
export interface ResourcePart {
  readonly type: 'resource';
  /** The server's name. */
  readonly server: string;
  /** As the server knows it. */
  readonly uri: string;
  /** What it says, or why it could not be read. */
  readonly text: string;
  /** The user has said that what this server answers raises no questions. Null when not. */
  readonly isTrusted?: boolean;
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
  /** The server read it for a `FilePart`: the user pointed at the file, not at lines of it. Null when not. */
  readonly wholeFile?: boolean;
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

/**
 * `Methods.stopCall`: a tool call ends as cancelled, with what it had, and the turn goes on: the model reads that the
 * user stopped it. What the call runs is ended as by a stop of the turn; for a sub-agent, also one in the background,
 * that is all of it. A call that has ended stays as it is.
 */
export interface StopCallParams {
  /** The session. */
  readonly sessionId: string;
  /** The call. */
  readonly callId: string;
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

/** Tokens, as the provider counted them, and what they cost. */
export interface TokenUsage {
  /** Including cached ones. */
  readonly inputTokens: number;
  /** Including reasoning. */
  readonly outputTokens: number;
  /** The part of the input that was read from the provider's cache. */
  readonly cachedInputTokens?: number;
  /** The part of the output that was reasoning, where the provider tells. */
  readonly reasoningTokens?: number;
  /** The part of the input that was written to the provider's cache, where that costs extra. */
  readonly cacheWriteTokens?: number;
  /** US dollars; absent when the price of a part is not known. */
  readonly cost?: number;
  /** True when the provider does not count, and some of it is an estimate. */
  readonly estimated?: boolean;
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
  unknownPrice: 'unknownPrice',
  hookDenied: 'hookDenied',
  storage: 'storage',
  internal: 'internal',
} as const;

export type TurnErrorCode = (typeof TurnErrorCodes)[keyof typeof TurnErrorCodes];

export type TurnOutcome = 'completed' | 'interrupted' | 'failed' | 'budgetExceeded' | 'maxSteps';
