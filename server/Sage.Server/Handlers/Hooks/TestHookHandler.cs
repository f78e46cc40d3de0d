using MediatR;
using Sage.Agent.Hooks;
using Sage.Protocol.Hooks;
using Sage.Server.Handlers.Workspaces;

namespace Sage.Server.Handlers.Hooks;

/// <summary>Tries a hook.</summary>
internal sealed class TestHookHandler(IHooks hooks, OpenFolders folders)
    : IRequestHandler<TestHookParams, TestHookResult>
{
    public Task<TestHookResult> Handle(TestHookParams request, CancellationToken cancellationToken) =>
        hooks.TestAsync(request.Id, folders.Workspace, cancellationToken);
}
