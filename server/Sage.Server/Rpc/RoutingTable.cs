using System.Collections.Immutable;
using Sage.Protocol;
using Sage.Protocol.BackgroundWork;
using Sage.Protocol.Checkpoints;
using Sage.Protocol.Commands;
using Sage.Protocol.CommitMessages;
using Sage.Protocol.EditorModels;
using Sage.Protocol.Hooks;
using Sage.Protocol.InlineEdits;
using Sage.Protocol.LanguageModels;
using Sage.Protocol.LanguageServer;
using Sage.Protocol.Mcp;
using Sage.Protocol.Memory;
using Sage.Protocol.Permissions;
using Sage.Protocol.Runtime;
using Sage.Protocol.Sessions;
using Sage.Protocol.Skills;
using Sage.Protocol.Subagents;
using Sage.Protocol.Turns;

namespace Sage.Server.Rpc;

/// <summary>Every method a client can call, and the request each becomes.</summary>
internal static class RoutingTable
{
    public static ImmutableArray<Route> Routes { get; } =
    [
        Route.Request<InitializeParams, InitializeResult>(LanguageServerMethods.Initialize, MessageOrder.InOrder),
        Route.Notification<InitializedParams>(LanguageServerMethods.Initialized),
        Route.Notification<ShutdownParams>(LanguageServerMethods.Shutdown),
        Route.Notification<ExitParams>(LanguageServerMethods.Exit),
        Route.Notification<DidOpenParams>(LanguageServerMethods.DidOpen),
        Route.Notification<DidChangeParams>(LanguageServerMethods.DidChange),
        Route.Notification<DidSaveParams>(LanguageServerMethods.DidSave),
        Route.Notification<DidCloseParams>(LanguageServerMethods.DidClose),
        Route.Notification<DidChangeConfigurationParams>(LanguageServerMethods.DidChangeConfiguration),
        Route.Notification<DidChangeWorkspaceFoldersParams>(LanguageServerMethods.DidChangeWorkspaceFolders),
        Route.Request<CodeActionParams, CodeActionList>(LanguageServerMethods.CodeAction),
        Route.Request<ExecuteCommandParams, ResolvedCodeAction>(LanguageServerMethods.ExecuteCommand),
        Route.Request<CreateSessionParams, CreateSessionResult>(Methods.CreateSession),
        Route.Request<ListSessionsParams, ListSessionsResult>(Methods.ListSessions),
        Route.Request<OpenSessionParams, OpenSessionResult>(Methods.OpenSession),
        Route.Request<PageSessionParams, PageSessionResult>(Methods.PageSession),
        Route.Request<RenameSessionParams, Done>(Methods.RenameSession),
        Route.Request<DeleteSessionParams, Done>(Methods.DeleteSession),
        Route.Request<RestoreSessionParams, Done>(Methods.RestoreSession),
        Route.Request<ForkSessionParams, ForkSessionResult>(Methods.ForkSession),
        Route.Request<ExportSessionParams, ExportSessionResult>(Methods.ExportSession),
        Route.Request<ImportSessionParams, ImportSessionResult>(Methods.ImportSession),
        Route.Request<SearchSessionsParams, SearchSessionsResult>(Methods.SearchSessions),
        Route.Request<CompactSessionParams, CompactSessionResult>(Methods.CompactSession),
        Route.Request<RunTurnParams, RunTurnResult>(Methods.RunTurn),
        Route.Request<ResumeTurnParams, RunTurnResult>(Methods.ResumeTurn),
        Route.Request<KillTurnParams, Done>(Methods.KillTurn),
        Route.Request<StopCallParams, Done>(Methods.StopCall),
        Route.Request<SteerSubagentParams, Done>(Methods.SteerSubagent, MessageOrder.InOrder),
        Route.Request<ListSubagentsParams, ListSubagentsResult>(Methods.ListSubagents),
        Route.Request<SteerTurnParams, Done>(Methods.SteerTurn, MessageOrder.InOrder),
        Route.Request<QueuePromptParams, Done>(Methods.QueuePrompt, MessageOrder.InOrder),
        Route.Request<EditQueuedParams, Done>(Methods.EditQueued, MessageOrder.InOrder),
        Route.Request<RemoveQueuedParams, Done>(Methods.RemoveQueued, MessageOrder.InOrder),
        Route.Request<ReorderQueuedParams, Done>(Methods.ReorderQueued, MessageOrder.InOrder),
        Route.Request<ListBackgroundParams, ListBackgroundResult>(Methods.ListBackground),
        Route.Request<StopBackgroundParams, Done>(Methods.StopBackground),
        Route.Request<KeepBackgroundParams, KeepBackgroundResult>(Methods.KeepBackground),
        Route.Request<ReadBackgroundOutputParams, ReadBackgroundOutputResult>(Methods.ReadBackgroundOutput),
        Route.Request<MoveToBackgroundParams, MoveToBackgroundResult>(Methods.MoveToBackground),
        Route.Request<ListHunksParams, ListHunksResult>(Methods.ListHunks),
        Route.Request<ReadOriginalParams, ReadOriginalResult>(Methods.ReadOriginal),
        Route.Request<KeepHunksParams, Done>(Methods.KeepHunks),
        Route.Request<UndoHunksParams, RestoreResult>(Methods.UndoHunks),
        Route.Request<ListCheckpointsParams, ListCheckpointsResult>(Methods.ListCheckpoints),
        Route.Request<PreviewRestoreParams, PreviewRestoreResult>(Methods.PreviewRestore),
        Route.Request<RestoreParams, RestoreResult>(Methods.Restore),
        Route.Request<RedoRestoreParams, RestoreResult>(Methods.RedoRestore),
        Route.Request<ListModelsParams, ListModelsResult>(Methods.ListModels),
        Route.Request<SelectModelParams, Done>(Methods.SelectModel, MessageOrder.InOrder),
        Route.Request<SetModelKeyParams, Done>(Methods.SetModelKey, MessageOrder.InOrder),
        Route.Request<ListProvidersParams, ListProvidersResult>(Methods.ListProviders),
        Route.Request<TestModelParams, TestModelResult>(Methods.TestModel),
        Route.Request<EditorModelPartParams, Done>(Methods.EditorModelPart),
        Route.Notification<EditorModelsChangedParams>(Methods.EditorModelsChanged),
        Route.Notification<ContributeSkillsParams>(Methods.ContributeSkills),
        Route.Request<RunInlineEditParams, RunInlineEditResult>(Methods.RunInlineEdit),
        Route.Request<WriteCommitMessageParams, WriteCommitMessageResult>(Methods.WriteCommitMessage),
        Route.Request<RuntimeSnapshotParams, RuntimeSnapshotResult>(Methods.RuntimeSnapshot),
        Route.Request<ProtectionParams, ProtectionResult>(Methods.Protection),
        Route.Request<ListProjectOffersParams, ProjectOffers>(Methods.ListProjectOffers),
        Route.Request<AnswerProjectOfferParams, ProjectOffers>(Methods.AnswerProjectOffer),
        Route.Request<ListCommandsParams, ListCommandsResult>(Methods.ListCommands),
        Route.Request<DescribeContextParams, DescribeContextResult>(Methods.DescribeContext),
        Route.Request<DescribeCostParams, DescribeCostResult>(Methods.DescribeCost),
        Route.Request<RunDoctorParams, RunDoctorResult>(Methods.RunDoctor),
        Route.Request<ListSkillsParams, ListSkillsResult>(Methods.ListSkills),
        Route.Request<ListMemoryParams, ListMemoryResult>(Methods.ListMemory),
        Route.Request<ListMcpServersParams, ListMcpServersResult>(Methods.ListMcpServers),
        Route.Request<StartMcpServerParams, Done>(Methods.StartMcpServer),
        Route.Request<StopMcpServerParams, Done>(Methods.StopMcpServer),
        Route.Request<RestartMcpServerParams, Done>(Methods.RestartMcpServer),
        Route.Request<SetMcpToolParams, Done>(Methods.SetMcpTool, MessageOrder.InOrder),
        Route.Request<ReadMcpLogParams, ReadMcpLogResult>(Methods.ReadMcpLog),
        Route.Request<UseEditorMcpServersParams, Done>(Methods.UseEditorMcpServers, MessageOrder.InOrder),
        Route.Request<ListHooksParams, ListHooksResult>(Methods.ListHooks),
        Route.Request<TestHookParams, TestHookResult>(Methods.TestHook),
        Route.Request<ListResourcesParams, ListResourcesResult>(Methods.ListResources),
    ];
}
