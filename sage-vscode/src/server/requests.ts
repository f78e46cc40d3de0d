import type { Release, Signal } from '../infrastructure/signal';
import type { ServerState } from '../protocol/bridge';
import type {
  AnswerProjectOfferParams,
  AskEditorModelParams,
  AskEditorModelResult,
  AskQuestionParams,
  AskQuestionResult,
  CompactSessionParams,
  CompactSessionResult,
  ContributeSkillsParams,
  CreateSessionParams,
  CreateSessionResult,
  DeleteSessionParams,
  DescribeContextParams,
  DescribeContextResult,
  DescribeCostParams,
  DescribeCostResult,
  Done,
  EditorModelPartParams,
  EditorModelsChangedParams,
  EditQueuedParams,
  EventEnvelope,
  ExportSessionParams,
  ExportSessionResult,
  FindDefinitionsParams,
  FindReferencesParams,
  FindWorkspaceSymbolsParams,
  ForkSessionParams,
  ForkSessionResult,
  FoundLocations,
  FoundSymbols,
  ImportSessionParams,
  ImportSessionResult,
  KeepBackgroundParams,
  KeepBackgroundResult,
  KeepHunksParams,
  KillTurnParams,
  ListCheckpointsParams,
  ListCheckpointsResult,
  ListCodeActionsParams,
  ListCodeActionsResult,
  ListCommandsParams,
  ListCommandsResult,
  ListDocumentSymbolsParams,
  ListEditorModelsParams,
  ListEditorModelsResult,
  ListHooksParams,
  ListHooksResult,
  ListHunksParams,
  ListHunksResult,
  ListMcpServersParams,
  ListMcpServersResult,
  ListMemoryParams,
  ListMemoryResult,
  ListModelsParams,
  ListModelsResult,
  ListProjectOffersParams,
  ListProvidersParams,
  ListProvidersResult,
  ListResourcesParams,
  ListResourcesResult,
  ListSessionsParams,
  ListSessionsResult,
  ListSkillsParams,
  ListSkillsResult,
  ListSubagentsParams,
  ListSubagentsResult,
  McpChangedParams,
  MoveToBackgroundParams,
  MoveToBackgroundResult,
  OpenAddressParams,
  OpenAddressResult,
  OpenSessionParams,
  OpenSessionResult,
  PageSessionParams,
  PageSessionResult,
  PermissionRequestParams,
  PermissionRequestResult,
  PreviewRestoreParams,
  PreviewRestoreResult,
  ProjectOffers,
  ProtectionParams,
  ProtectionResult,
  QueuePromptParams,
  ReadDiagnosticsParams,
  ReadDiagnosticsResult,
  ReadHoverParams,
  ReadHoverResult,
  ReadMcpLogParams,
  ReadMcpLogResult,
  ReadMcpSecretParams,
  ReadMcpSecretResult,
  ReadOriginalParams,
  ReadOriginalResult,
  RedoRestoreParams,
  RemoveQueuedParams,
  RenameSessionParams,
  RenameSymbolParams,
  RenameSymbolResult,
  ReorderQueuedParams,
  RestartMcpServerParams,
  RestoreParams,
  RestoreResult,
  RestoreSessionParams,
  ResumeTurnParams,
  ReviewPlanParams,
  ReviewPlanResult,
  RunDoctorParams,
  RunDoctorResult,
  RunInlineEditParams,
  RunInlineEditResult,
  RunTurnParams,
  RunTurnResult,
  RuntimeSnapshotParams,
  RuntimeSnapshotResult,
  SaveDocumentParams,
  SaveDocumentResult,
  SearchSessionsParams,
  SearchSessionsResult,
  SelectModelParams,
  SetMcpToolParams,
  SetModelKeyParams,
  StartMcpServerParams,
  SteerSubagentParams,
  SteerTurnParams,
  StopBackgroundParams,
  StopCallParams,
  StopMcpServerParams,
  TestHookParams,
  TestHookResult,
  TestModelParams,
  TestModelResult,
  UndoHunksParams,
  UseEditorMcpServersParams,
  WriteCommitMessageParams,
  WriteCommitMessageResult,
  WriteMcpSecretParams,
} from '../protocol/generated';

interface Call<Params, Result> {
  readonly params: Params;
  readonly result: Result;
}

/** What `workspace/executeCommand` takes; the server only knows `sage.internal.*`. */
export interface ExecuteCommandParams {
  readonly command: string;
  readonly arguments: readonly unknown[];
}

/** Host → server: every request, with what it takes and what it gives. Keys are the values of `Methods`. */
export interface Requests {
  'sage/turn/run': Call<RunTurnParams, RunTurnResult>;
  'sage/turn/resume': Call<ResumeTurnParams, RunTurnResult>;
  'sage/turn/kill': Call<KillTurnParams, Done>;
  'sage/call/stop': Call<StopCallParams, Done>;
  'sage/subagent/steer': Call<SteerSubagentParams, Done>;
  'sage/subagent/list': Call<ListSubagentsParams, ListSubagentsResult>;
  'sage/turn/steer': Call<SteerTurnParams, Done>;
  'sage/turn/queue': Call<QueuePromptParams, Done>;
  'sage/turn/editQueued': Call<EditQueuedParams, Done>;
  'sage/turn/removeQueued': Call<RemoveQueuedParams, Done>;
  'sage/turn/reorderQueued': Call<ReorderQueuedParams, Done>;
  'sage/background/stop': Call<StopBackgroundParams, Done>;
  'sage/background/keep': Call<KeepBackgroundParams, KeepBackgroundResult>;
  'sage/command/background': Call<MoveToBackgroundParams, MoveToBackgroundResult>;
  'sage/hunk/list': Call<ListHunksParams, ListHunksResult>;
  'sage/hunk/original': Call<ReadOriginalParams, ReadOriginalResult>;
  'sage/hunk/keep': Call<KeepHunksParams, Done>;
  'sage/hunk/undo': Call<UndoHunksParams, RestoreResult>;
  'sage/checkpoint/list': Call<ListCheckpointsParams, ListCheckpointsResult>;
  'sage/checkpoint/preview': Call<PreviewRestoreParams, PreviewRestoreResult>;
  'sage/checkpoint/restore': Call<RestoreParams, RestoreResult>;
  'sage/checkpoint/redo': Call<RedoRestoreParams, RestoreResult>;
  'sage/runtime/snapshot': Call<RuntimeSnapshotParams, RuntimeSnapshotResult>;
  'sage/runtime/protection': Call<ProtectionParams, ProtectionResult>;
  'sage/runtime/doctor': Call<RunDoctorParams, RunDoctorResult>;
  'sage/project/offers': Call<ListProjectOffersParams, ProjectOffers>;
  'sage/project/answer': Call<AnswerProjectOfferParams, ProjectOffers>;
  'sage/session/compact': Call<CompactSessionParams, CompactSessionResult>;
  'sage/session/context': Call<DescribeContextParams, DescribeContextResult>;
  'sage/session/cost': Call<DescribeCostParams, DescribeCostResult>;
  'sage/session/create': Call<CreateSessionParams, CreateSessionResult>;
  'sage/session/list': Call<ListSessionsParams, ListSessionsResult>;
  'sage/session/open': Call<OpenSessionParams, OpenSessionResult>;
  'sage/session/page': Call<PageSessionParams, PageSessionResult>;
  'sage/session/rename': Call<RenameSessionParams, Done>;
  'sage/session/delete': Call<DeleteSessionParams, Done>;
  'sage/session/restore': Call<RestoreSessionParams, Done>;
  'sage/session/fork': Call<ForkSessionParams, ForkSessionResult>;
  'sage/session/export': Call<ExportSessionParams, ExportSessionResult>;
  'sage/session/import': Call<ImportSessionParams, ImportSessionResult>;
  'sage/session/search': Call<SearchSessionsParams, SearchSessionsResult>;
  'sage/commands/list': Call<ListCommandsParams, ListCommandsResult>;
  'sage/skill/list': Call<ListSkillsParams, ListSkillsResult>;
  'sage/memory/list': Call<ListMemoryParams, ListMemoryResult>;
  'sage/hook/list': Call<ListHooksParams, ListHooksResult>;
  'sage/hook/test': Call<TestHookParams, TestHookResult>;
  'sage/mcp/list': Call<ListMcpServersParams, ListMcpServersResult>;
  'sage/mcp/start': Call<StartMcpServerParams, Done>;
  'sage/mcp/stop': Call<StopMcpServerParams, Done>;
  'sage/mcp/restart': Call<RestartMcpServerParams, Done>;
  'sage/mcp/setTool': Call<SetMcpToolParams, Done>;
  'sage/mcp/log': Call<ReadMcpLogParams, ReadMcpLogResult>;
  'sage/mcp/useEditorServers': Call<UseEditorMcpServersParams, Done>;
  'sage/mcp/resources': Call<ListResourcesParams, ListResourcesResult>;
  'sage/model/list': Call<ListModelsParams, ListModelsResult>;
  'sage/model/select': Call<SelectModelParams, Done>;
  'sage/model/setKey': Call<SetModelKeyParams, Done>;
  'sage/model/providers': Call<ListProvidersParams, ListProvidersResult>;
  'sage/model/test': Call<TestModelParams, TestModelResult>;
  'sage/editorModel/part': Call<EditorModelPartParams, Done>;
  'sage/editorModel/changed': Call<EditorModelsChangedParams, null>;
  'sage/skill/contribute': Call<ContributeSkillsParams, null>;
  'sage/inlineEdit/run': Call<RunInlineEditParams, RunInlineEditResult>;
  'sage/commitMessage/write': Call<WriteCommitMessageParams, WriteCommitMessageResult>;
  'workspace/executeCommand': Call<ExecuteCommandParams, unknown>;
}

/** Server → host. */
export interface ServerRequests {
  'sage/permission/request': Call<PermissionRequestParams, PermissionRequestResult>;
  'sage/question/ask': Call<AskQuestionParams, AskQuestionResult>;
  'sage/plan/review': Call<ReviewPlanParams, ReviewPlanResult>;
  'sage/document/save': Call<SaveDocumentParams, SaveDocumentResult>;
  'sage/mcp/openAddress': Call<OpenAddressParams, OpenAddressResult>;
  'sage/mcp/readSecret': Call<ReadMcpSecretParams, ReadMcpSecretResult>;
  'sage/mcp/writeSecret': Call<WriteMcpSecretParams, Done>;
  'sage/editor/diagnostics': Call<ReadDiagnosticsParams, ReadDiagnosticsResult>;
  'sage/editor/references': Call<FindReferencesParams, FoundLocations>;
  'sage/editor/definitions': Call<FindDefinitionsParams, FoundLocations>;
  'sage/editor/documentSymbols': Call<ListDocumentSymbolsParams, FoundSymbols>;
  'sage/editor/workspaceSymbols': Call<FindWorkspaceSymbolsParams, FoundSymbols>;
  'sage/editor/hover': Call<ReadHoverParams, ReadHoverResult>;
  'sage/editor/rename': Call<RenameSymbolParams, RenameSymbolResult>;
  'sage/editor/codeActions': Call<ListCodeActionsParams, ListCodeActionsResult>;
  'sage/editorModel/list': Call<ListEditorModelsParams, ListEditorModelsResult>;
  'sage/editorModel/ask': Call<AskEditorModelParams, AskEditorModelResult>;
}

/** Sends one request. Aborting sends `$/cancelRequest`; the promise still settles with the server's own answer. */
export type Send = <M extends keyof Requests>(
  method: M,
  params: Requests[M]['params'],
  signal?: AbortSignal,
) => Promise<Requests[M]['result']>;

export type ServerRequestHandler<M extends keyof ServerRequests> = (
  params: ServerRequests[M]['params'],
  signal: AbortSignal,
) => Promise<ServerRequests[M]['result']>;

/** The server as features see it: starts when first asked for something. */
export interface Server {
  readonly request: Send;
  readonly state: ServerState | { readonly kind: 'idle' };
  readonly stateChanged: Signal<ServerState | { readonly kind: 'idle' }>;
  /** In the order in which the server sent them. */
  readonly events: Signal<EventEnvelope>;
  readonly mcpChanged: Signal<McpChangedParams>;
  /** Partial results of a long request, under the token that the request carried. */
  onProgress(token: string, listener: (value: unknown) => void): Release;
}
