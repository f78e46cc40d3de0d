using MediatR;
using Sage.Agent.Mcp;
using Sage.Protocol;
using Sage.Protocol.Mcp;
using Sage.Server.Handlers.Workspaces;

namespace Sage.Server.Handlers.Mcp;

/// <summary>Ends an MCP server until it is started again.</summary>
internal sealed class StopMcpServerHandler(IMcpServers servers, OpenFolders folders)
    : IRequestHandler<StopMcpServerParams, Done>
{
    public async Task<Done> Handle(StopMcpServerParams request, CancellationToken cancellationToken)
    {
        await servers.StopAsync(folders.Workspace, request.Server);
        return Done.Value;
    }
}
