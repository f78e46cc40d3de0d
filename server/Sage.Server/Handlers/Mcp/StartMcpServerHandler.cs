using MediatR;
using Sage.Agent.Mcp;
using Sage.Protocol;
using Sage.Protocol.Mcp;
using Sage.Server.Handlers.Workspaces;

namespace Sage.Server.Handlers.Mcp;

/// <summary>Starts an MCP server that does not run.</summary>
internal sealed class StartMcpServerHandler(IMcpServers servers, OpenFolders folders)
    : IRequestHandler<StartMcpServerParams, Done>
{
    public async Task<Done> Handle(StartMcpServerParams request, CancellationToken cancellationToken)
    {
        await servers.StartAsync(folders.Workspace, request.Server);
        return Done.Value;
    }
}
