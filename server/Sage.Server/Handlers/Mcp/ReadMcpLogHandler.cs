using MediatR;
using Sage.Agent.Mcp;
using Sage.Protocol.Mcp;
using Sage.Server.Handlers.Workspaces;

namespace Sage.Server.Handlers.Mcp;

/// <summary>Gives what an MCP server said, and what became of it.</summary>
internal sealed class ReadMcpLogHandler(IMcpServers servers, OpenFolders folders)
    : IRequestHandler<ReadMcpLogParams, ReadMcpLogResult>
{
    public Task<ReadMcpLogResult> Handle(ReadMcpLogParams request, CancellationToken cancellationToken) =>
        Task.FromResult(servers.ReadLog(folders.Workspace, request));
}
