using System.Diagnostics.CodeAnalysis;
using MediatR;
using Microsoft.Extensions.DependencyInjection;
using Sage.Agent.EditorKnowledge;
using Sage.Agent.Extensions;
using Sage.Agent.Extensions.Mcp;
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
using Sage.Providers.Editor;
using Sage.Server.Behaviors;
using Sage.Server.Handlers.BackgroundWork;
using Sage.Server.Handlers.Checkpoints;
using Sage.Server.Handlers.CodeActions;
using Sage.Server.Handlers.Commands;
using Sage.Server.Handlers.CommitMessages;
using Sage.Server.Handlers.Documents;
using Sage.Server.Handlers.EditorKnowledge;
using Sage.Server.Handlers.EditorModels;
using Sage.Server.Handlers.Hooks;
using Sage.Server.Handlers.InlineEdits;
using Sage.Server.Handlers.LanguageModels;
using Sage.Server.Handlers.Lifecycle;
using Sage.Server.Handlers.Mcp;
using Sage.Server.Handlers.Memory;
using Sage.Server.Handlers.Projects;
using Sage.Server.Handlers.Runtime;
using Sage.Server.Handlers.Sessions;
using Sage.Server.Handlers.Settings;
using Sage.Server.Handlers.Skills;
using Sage.Server.Handlers.Subagents;
using Sage.Server.Handlers.Turns;
using Sage.Server.Handlers.Workspaces;

namespace Sage.Server.Hosting;

/// <summary>Registers the mediator, its behaviors and every handler, by hand: scanning does not survive trimming.</summary>
internal static class HandlerRegistration
{
    public static IServiceCollection AddHandlers(this IServiceCollection services)
    {
        services.AddSingleton<ServiceFactory>(provider => provider.GetRequiredService);
        services.AddSingleton<IMediator, Mediator>();
        services.AddSingleton(typeof(IPipelineBehavior<,>), typeof(LoggingBehavior<,>));
        services.AddSingleton(typeof(IPipelineBehavior<,>), typeof(ValidationBehavior<,>));
        return services
            .AddEditorHandlers()
            .AddAgentHandlers()
            .AddCheckpointHandlers()
            .AddSafetyHandlers()
            .AddMcpHandlers()
            .AddValidators();
    }

    private static IServiceCollection AddEditorHandlers(this IServiceCollection services)
    {
        services.AddSingleton<EditorClient>();
        services.AddSingleton<OpenFolders>();
        services.AddSingleton<EditorSettings>();
        services.AddSingleton<DocumentEditing>();
        services.AddSingleton<OpenDocuments>();
        services.AddSingleton<IEditorDocuments>(provider => provider.GetRequiredService<OpenDocuments>());
        services.AddSingleton<CodeActionMemory>();
        return services
            .AddHandler<InitializeParams, InitializeResult, InitializeHandler>()
            .AddHandler<InitializedParams, Done, InitializedHandler>()
            .AddHandler<ShutdownParams, Done, ShutdownHandler>()
            .AddHandler<ExitParams, Done, ExitHandler>()
            .AddHandler<DidOpenParams, Done, DidOpenHandler>()
            .AddHandler<DidChangeParams, Done, DidChangeHandler>()
            .AddHandler<DidSaveParams, Done, DidSaveHandler>()
            .AddHandler<DidCloseParams, Done, DidCloseHandler>()
            .AddHandler<DidChangeConfigurationParams, Done, DidChangeConfigurationHandler>()
            .AddHandler<DidChangeWorkspaceFoldersParams, Done, DidChangeWorkspaceFoldersHandler>()
            .AddHandler<CodeActionParams, CodeActionList, CodeActionHandler>()
            .AddHandler<ExecuteCommandParams, ResolvedCodeAction, ExecuteCommandHandler>();
    }

    private static IServiceCollection AddAgentHandlers(this IServiceCollection services)
    {
        services.AddSingleton<ConfiguredModels>();
        services.AddEditorPorts();
        services.AddSingleton<SessionLookup>().AddSingleton<TurnRequests>().AddSingleton<BackgroundLookup>();
        return services
            .AddHandler<CreateSessionParams, CreateSessionResult, CreateSessionHandler>()
            .AddHandler<ListSessionsParams, ListSessionsResult, ListSessionsHandler>()
            .AddHandler<OpenSessionParams, OpenSessionResult, OpenSessionHandler>()
            .AddHandler<PageSessionParams, PageSessionResult, PageSessionHandler>()
            .AddHandler<RenameSessionParams, Done, RenameSessionHandler>()
            .AddHandler<DeleteSessionParams, Done, DeleteSessionHandler>()
            .AddHandler<RestoreSessionParams, Done, RestoreSessionHandler>()
            .AddHandler<ForkSessionParams, ForkSessionResult, ForkSessionHandler>()
            .AddHandler<ExportSessionParams, ExportSessionResult, ExportSessionHandler>()
            .AddHandler<ImportSessionParams, ImportSessionResult, ImportSessionHandler>()
            .AddHandler<SearchSessionsParams, SearchSessionsResult, SearchSessionsHandler>()
            .AddHandler<RunTurnParams, RunTurnResult, RunTurnHandler>()
            .AddHandler<CompactSessionParams, CompactSessionResult, CompactSessionHandler>()
            .AddHandler<ResumeTurnParams, RunTurnResult, ResumeTurnHandler>()
            .AddHandler<KillTurnParams, Done, KillTurnHandler>()
            .AddHandler<StopCallParams, Done, StopCallHandler>()
            .AddSubagentHandlers()
            .AddHandler<SteerTurnParams, Done, SteerTurnHandler>()
            .AddHandler<QueuePromptParams, Done, QueuePromptHandler>()
            .AddHandler<EditQueuedParams, Done, EditQueuedHandler>()
            .AddHandler<RemoveQueuedParams, Done, RemoveQueuedHandler>()
            .AddHandler<ReorderQueuedParams, Done, ReorderQueuedHandler>()
            .AddHandler<ListBackgroundParams, ListBackgroundResult, ListBackgroundHandler>()
            .AddHandler<StopBackgroundParams, Done, StopBackgroundHandler>()
            .AddHandler<KeepBackgroundParams, KeepBackgroundResult, KeepBackgroundHandler>()
            .AddHandler<ReadBackgroundOutputParams, ReadBackgroundOutputResult, ReadBackgroundOutputHandler>()
            .AddHandler<MoveToBackgroundParams, MoveToBackgroundResult, MoveToBackgroundHandler>()
            .AddHandler<ListModelsParams, ListModelsResult, ListModelsHandler>()
            .AddHandler<SelectModelParams, Done, SelectModelHandler>()
            .AddHandler<SetModelKeyParams, Done, SetModelKeyHandler>()
            .AddHandler<ListProvidersParams, ListProvidersResult, ListProvidersHandler>()
            .AddHandler<TestModelParams, TestModelResult, TestModelHandler>()
            .AddHandler<EditorModelPartParams, Done, EditorModelPartHandler>()
            .AddHandler<EditorModelsChangedParams, Done, EditorModelsChangedHandler>()
            .AddWritingHandlers()
            .AddHandler<RuntimeSnapshotParams, RuntimeSnapshotResult, RuntimeSnapshotHandler>();
    }

    private static IServiceCollection AddEditorPorts(this IServiceCollection services) =>
        services
            .AddSingleton<EditorModelPort>()
            .AddSingleton<IEditorModels>(provider => provider.GetRequiredService<EditorModelPort>())
            .AddSingleton<EditorPaths>()
            .AddSingleton<IEditorKnowledge, EditorKnowledgePort>();

    private static IServiceCollection AddWritingHandlers(this IServiceCollection services) =>
        services
            .AddHandler<RunInlineEditParams, RunInlineEditResult, RunInlineEditHandler>()
            .AddHandler<WriteCommitMessageParams, WriteCommitMessageResult, WriteCommitMessageHandler>();

    private static IServiceCollection AddSubagentHandlers(this IServiceCollection services) =>
        services
            .AddHandler<SteerSubagentParams, Done, SteerSubagentHandler>()
            .AddHandler<ListSubagentsParams, ListSubagentsResult, ListSubagentsHandler>();

    private static IServiceCollection AddCheckpointHandlers(this IServiceCollection services) =>
        services
            .AddHandler<ListHunksParams, ListHunksResult, ListHunksHandler>()
            .AddHandler<ReadOriginalParams, ReadOriginalResult, ReadOriginalHandler>()
            .AddHandler<KeepHunksParams, Done, KeepHunksHandler>()
            .AddHandler<UndoHunksParams, RestoreResult, UndoHunksHandler>()
            .AddHandler<ListCheckpointsParams, ListCheckpointsResult, ListCheckpointsHandler>()
            .AddHandler<PreviewRestoreParams, PreviewRestoreResult, PreviewRestoreHandler>()
            .AddHandler<RestoreParams, RestoreResult, RestoreHandler>()
            .AddHandler<RedoRestoreParams, RestoreResult, RedoRestoreHandler>();

    private static IServiceCollection AddSafetyHandlers(this IServiceCollection services) =>
        services
            .AddSingleton<OpenOffers>()
            .AddHandler<ProtectionParams, ProtectionResult, ProtectionHandler>()
            .AddHandler<ListProjectOffersParams, ProjectOffers, ListProjectOffersHandler>()
            .AddHandler<AnswerProjectOfferParams, ProjectOffers, AnswerProjectOfferHandler>()
            .AddHandler<DescribeContextParams, DescribeContextResult, DescribeContextHandler>()
            .AddHandler<DescribeCostParams, DescribeCostResult, DescribeCostHandler>()
            .AddHandler<RunDoctorParams, RunDoctorResult, RunDoctorHandler>()
            .AddHandler<ListSkillsParams, ListSkillsResult, ListSkillsHandler>()
            .AddHandler<ContributeSkillsParams, Done, ContributeSkillsHandler>()
            .AddHandler<ListCommandsParams, ListCommandsResult, ListCommandsHandler>()
            .AddHandler<ListMemoryParams, ListMemoryResult, ListMemoryHandler>()
            .AddHandler<ListHooksParams, ListHooksResult, ListHooksHandler>()
            .AddHandler<TestHookParams, TestHookResult, TestHookHandler>();

    private static IServiceCollection AddMcpHandlers(this IServiceCollection services) =>
        services
            .AddSingleton<McpNews>()
            .AddHandler<ListMcpServersParams, ListMcpServersResult, ListMcpServersHandler>()
            .AddHandler<StartMcpServerParams, Done, StartMcpServerHandler>()
            .AddHandler<StopMcpServerParams, Done, StopMcpServerHandler>()
            .AddHandler<RestartMcpServerParams, Done, RestartMcpServerHandler>()
            .AddHandler<SetMcpToolParams, Done, SetMcpToolHandler>()
            .AddHandler<ReadMcpLogParams, ReadMcpLogResult, ReadMcpLogHandler>()
            .AddHandler<UseEditorMcpServersParams, Done, UseEditorMcpServersHandler>()
            .AddSingleton<IEditorHelp, EditorHelp>()
            .AddHandler<ListResourcesParams, ListResourcesResult, ListResourcesHandler>();

    private static IServiceCollection AddValidators(this IServiceCollection services) =>
        services
            .AddSingleton<IRequestValidator<RunTurnParams>, RunTurnValidator>()
            .AddSingleton<IRequestValidator<SteerTurnParams>, SteerTurnValidator>()
            .AddSingleton<IRequestValidator<QueuePromptParams>, QueuePromptValidator>()
            .AddSingleton<IRequestValidator<EditQueuedParams>, EditQueuedValidator>()
            .AddSingleton<IRequestValidator<ReorderQueuedParams>, ReorderQueuedValidator>()
            .AddSingleton<IRequestValidator<SteerSubagentParams>, SteerSubagentValidator>()
            .AddSingleton<IRequestValidator<OpenSessionParams>, OpenSessionValidator>()
            .AddSingleton<IRequestValidator<KeepHunksParams>, KeepHunksValidator>()
            .AddSingleton<IRequestValidator<UndoHunksParams>, UndoHunksValidator>()
            .AddSingleton<IRequestValidator<ListSessionsParams>, ListSessionsValidator>()
            .AddSingleton<IRequestValidator<PageSessionParams>, PageSessionValidator>()
            .AddSingleton<IRequestValidator<RenameSessionParams>, RenameSessionValidator>()
            .AddSingleton<IRequestValidator<ForkSessionParams>, ForkSessionValidator>()
            .AddSingleton<IRequestValidator<ImportSessionParams>, ImportSessionValidator>()
            .AddSingleton<IRequestValidator<SearchSessionsParams>, SearchSessionsValidator>()
            .AddSingleton<IRequestValidator<SetModelKeyParams>, SetModelKeyValidator>()
            .AddSingleton<IRequestValidator<RunInlineEditParams>, RunInlineEditValidator>()
            .AddSingleton<IRequestValidator<WriteCommitMessageParams>, WriteCommitMessageValidator>();

    private static IServiceCollection AddHandler<
        TRequest,
        TResponse,
        [DynamicallyAccessedMembers(DynamicallyAccessedMemberTypes.PublicConstructors)] THandler
    >(this IServiceCollection services)
        where TRequest : IRequest<TResponse>
        where TResponse : class
        where THandler : class, IRequestHandler<TRequest, TResponse> =>
        services.AddSingleton<IRequestHandler<TRequest, TResponse>, THandler>();
}
