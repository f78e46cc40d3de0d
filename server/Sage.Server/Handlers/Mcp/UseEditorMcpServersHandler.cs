using MediatR;
using Sage.Agent.Mcp;
using Sage.Protocol;
using Sage.Protocol.Mcp;

namespace Sage.Server.Handlers.Mcp;

/// <summary>Takes in the MCP servers that the user has configured in the editor.</summary>
internal sealed class UseEditorMcpServersHandler(IMcpServers servers) : IRequestHandler<UseEditorMcpServersParams, Done>
{
    public Task<Done> Handle(UseEditorMcpServersParams request, CancellationToken cancellationToken)
    {
        servers.UseEditorServers(request);
        return Task.FromResult(Done.Value);
    }
}
