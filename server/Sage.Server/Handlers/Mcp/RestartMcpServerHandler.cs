using MediatR;
using Sage.Agent.Mcp;
using Sage.Protocol;
using Sage.Protocol.Mcp;
using Sage.Server.Handlers.Workspaces;

namespace Sage.Server.Handlers.Mcp;

/// <summary>Ends an MCP server and starts it.</summary>
internal sealed class RestartMcpServerHandler(IMcpServers servers, OpenFolders folders)
    : IRequestHandler<RestartMcpServerParams, Done>
{
    public async Task<Done> Handle(RestartMcpServerParams request, CancellationToken cancellationToken)
    {
        await servers.RestartAsync(folders.Workspace, request.Server);
        return Done.Value;
    }
}
