using MediatR;
using Sage.Agent.Hooks;
using Sage.Protocol.Hooks;
using Sage.Server.Handlers.Workspaces;

namespace Sage.Server.Handlers.Hooks;

/// <summary>Says which hooks there are.</summary>
internal sealed class ListHooksHandler(IHooks hooks, OpenFolders folders)
    : IRequestHandler<ListHooksParams, ListHooksResult>
{
    public Task<ListHooksResult> Handle(ListHooksParams request, CancellationToken cancellationToken) =>
        Task.Run(() => hooks.List(folders.Workspace), cancellationToken);
}
