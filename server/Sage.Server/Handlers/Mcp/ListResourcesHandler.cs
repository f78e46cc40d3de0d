using MediatR;
using Sage.Agent.Extensions.Mcp;
using Sage.Protocol.Mcp;
using Sage.Server.Handlers.Workspaces;

namespace Sage.Server.Handlers.Mcp;

/// <summary>Says which resources of MCP servers a prompt can point at.</summary>
internal sealed class ListResourcesHandler(IResources resources, OpenFolders folders)
    : IRequestHandler<ListResourcesParams, ListResourcesResult>
{
    public Task<ListResourcesResult> Handle(ListResourcesParams request, CancellationToken cancellationToken) =>
        folders.First is null
            ? Task.FromResult(new ListResourcesResult([]))
            : Task.Run(() => new ListResourcesResult(resources.List(folders.Workspace)), cancellationToken);
}
