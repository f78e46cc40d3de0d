using Sage.Agent.Workspaces;
using Sage.Protocol;
using Sage.Protocol.Mcp;

namespace Sage.Agent.Mcp;

/// <summary>The MCP servers of a workspace as people look after them. Port: implemented in Sage.Extensibility.</summary>
public interface IMcpServers
{
    /// <summary>All that are configured, and how they stand. Starts those that are wanted, in the background.</summary>
    /// <param name="workspace">Where they run; null when there is none.</param>
    ListMcpServersResult List(Workspace? workspace);

    /// <summary>Starts one that does not run. It is ready later, or fails later.</summary>
    /// <exception cref="SageException">There is none of that name, or it must not be started; the message says why.</exception>
    Task StartAsync(Workspace workspace, string server);

    /// <summary>Ends one, with everything it has started, until somebody starts it.</summary>
    /// <exception cref="SageException">There is none of that name that could be stopped.</exception>
    Task StopAsync(Workspace workspace, string server);

    /// <summary>Ends one and starts it.</summary>
    /// <exception cref="SageException">There is none of that name, or it must not be started; the message says why.</exception>
    Task RestartAsync(Workspace workspace, string server);

    /// <summary>Switches a tool on or off, and keeps that.</summary>
    /// <exception cref="SageException">It could not be kept; the message says what to do.</exception>
    void SetTool(SetMcpToolParams change);

    /// <summary>The newest lines of a server's log; none for a server that never ran.</summary>
    ReadMcpLogResult ReadLog(Workspace workspace, ReadMcpLogParams request);

    /// <summary>Takes in what the editor has configured.</summary>
    void UseEditorServers(UseEditorMcpServersParams given);

    /// <summary>What has changed since this was asked last; waits until there is something.</summary>
    Task<McpChangedParams> NextChangeAsync(CancellationToken cancellationToken);
}
