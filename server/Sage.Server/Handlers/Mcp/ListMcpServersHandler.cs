using MediatR;
using Sage.Agent.Mcp;
using Sage.Protocol.Mcp;
using Sage.Server.Handlers.Workspaces;

namespace Sage.Server.Handlers.Mcp;

/// <summary>Says which MCP servers are configured and how they stand.</summary>
internal sealed class ListMcpServersHandler(IMcpServers servers, OpenFolders folders)
    : IRequestHandler<ListMcpServersParams, ListMcpServersResult>
{
    public Task<ListMcpServersResult> Handle(ListMcpServersParams request, CancellationToken cancellationToken) =>
        Task.Run(() => servers.List(folders.First is null ? null : folders.Workspace), cancellationToken);
}
