using MediatR;
using Sage.Agent.Mcp;
using Sage.Protocol;
using Sage.Protocol.Mcp;

namespace Sage.Server.Handlers.Mcp;

/// <summary>Switches a tool of an MCP server on or off.</summary>
internal sealed class SetMcpToolHandler(IMcpServers servers) : IRequestHandler<SetMcpToolParams, Done>
{
    public Task<Done> Handle(SetMcpToolParams request, CancellationToken cancellationToken)
    {
        servers.SetTool(request);
        return Task.FromResult(Done.Value);
    }
}
