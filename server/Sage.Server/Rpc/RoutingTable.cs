using System.Collections.Immutable;
using Sage.Protocol;
using Sage.Protocol.BackgroundWork;
using Sage.Protocol.InlineEdits;
using Sage.Protocol.LanguageModels;
using Sage.Protocol.LanguageServer;
using Sage.Protocol.Runtime;
using Sage.Protocol.Sessions;
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
        Route.Request<CompactSessionParams, CompactSessionResult>(Methods.CompactSession),
        Route.Request<RunTurnParams, RunTurnResult>(Methods.RunTurn),
        Route.Request<ResumeTurnParams, RunTurnResult>(Methods.ResumeTurn),
        Route.Request<KillTurnParams, Done>(Methods.KillTurn),
        Route.Request<SteerTurnParams, Done>(Methods.SteerTurn, MessageOrder.InOrder),
        Route.Request<QueuePromptParams, Done>(Methods.QueuePrompt, MessageOrder.InOrder),
        Route.Request<EditQueuedParams, Done>(Methods.EditQueued, MessageOrder.InOrder),
        Route.Request<RemoveQueuedParams, Done>(Methods.RemoveQueued, MessageOrder.InOrder),
        Route.Request<ReorderQueuedParams, Done>(Methods.ReorderQueued, MessageOrder.InOrder),
        Route.Request<ListBackgroundParams, ListBackgroundResult>(Methods.ListBackground),
        Route.Request<StopBackgroundParams, Done>(Methods.StopBackground),
        Route.Request<ReadBackgroundOutputParams, ReadBackgroundOutputResult>(Methods.ReadBackgroundOutput),
        Route.Request<MoveToBackgroundParams, MoveToBackgroundResult>(Methods.MoveToBackground),
        Route.Request<ListModelsParams, ListModelsResult>(Methods.ListModels),
        Route.Request<SelectModelParams, Done>(Methods.SelectModel, MessageOrder.InOrder),
        Route.Request<SetModelKeyParams, Done>(Methods.SetModelKey, MessageOrder.InOrder),
        Route.Request<RunInlineEditParams, RunInlineEditResult>(Methods.RunInlineEdit),
        Route.Request<RuntimeSnapshotParams, RuntimeSnapshotResult>(Methods.RuntimeSnapshot),
    ];
}
