using MediatR;
using Sage.Agent.Permissions;
using Sage.Protocol.LanguageServer;
using Sage.Server.Handlers.CodeActions;
using Sage.Server.Handlers.Workspaces;
using Sage.Server.Hosting;

namespace Sage.Server.Handlers.Lifecycle;

/// <summary>Takes note of who asks and from which folder. Loads nothing: the editor waits for this answer.</summary>
internal sealed class InitializeHandler(
    ServerLifecycle lifecycle,
    ParentWatch parent,
    EditorClient client,
    OpenFolders folders,
    WorkspaceTrust trust
) : IRequestHandler<InitializeParams, InitializeResult>
{
    private const int IncrementalSync = 2;

    public Task<InitializeResult> Handle(InitializeParams request, CancellationToken cancellationToken)
    {
        client.Introduce(request.Capabilities?.Workspace, request.InitializationOptions);
        if (!client.Options.WorkspaceTrusted)
        {
            trust.Withhold();
        }

        folders.Set(request.WorkspaceFolders, request.RootUri);
        if (request.ProcessId is { } processId)
        {
            parent.Watch(processId);
        }

        lifecycle.MarkInitialized();
        return Task.FromResult(new InitializeResult(Capabilities, new ServerIdentity("sage", ProductVersion.Text)));
    }

    private static ServerCapabilities Capabilities { get; } =
        new(
            PositionEncoding: "utf-16",
            new TextDocumentSyncOptions(OpenClose: true, IncrementalSync, new SaveOptions(IncludeText: false)),
            new CodeActionOptions(CodeActionMenu.Kinds),
            new ExecuteCommandOptions([SageCommands.ResolveCodeAction]),
            new WorkspaceServerCapabilities(
                new WorkspaceFoldersServerCapabilities(Supported: true, ChangeNotifications: true)
            )
        );
}
