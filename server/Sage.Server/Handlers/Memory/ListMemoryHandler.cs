using MediatR;
using Sage.Agent.Memory;
using Sage.Protocol.Memory;
using Sage.Server.Handlers.Workspaces;

namespace Sage.Server.Handlers.Memory;

/// <summary>Says which files the model reads before every prompt.</summary>
internal sealed class ListMemoryHandler(IMemory memory, OpenFolders folders)
    : IRequestHandler<ListMemoryParams, ListMemoryResult>
{
    public Task<ListMemoryResult> Handle(ListMemoryParams request, CancellationToken cancellationToken) =>
        Task.Run(() => memory.List(folders.First is null ? null : folders.Workspace), cancellationToken);
}
