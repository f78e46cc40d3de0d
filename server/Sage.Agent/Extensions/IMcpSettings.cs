using System.Collections.Immutable;
using System.Text.Json;
using Sage.Protocol.Mcp;

namespace Sage.Agent.Extensions;

/// <summary>What the user has set about MCP servers; never a project. Port: implemented in Sage.Storage.</summary>
public interface IMcpSettings
{
    /// <summary>The settings as they are now. Never throws: what cannot be read is as if it were not set.</summary>
    McpSettings Read();

    /// <summary>Switches a tool on or off. The rest of the file stays as the user has written it.</summary>
    /// <exception cref="Protocol.SageException">It could not be kept; the message says what to do.</exception>
    void SetTool(SetMcpToolParams change);
}

/// <param name="Place">The file, for people.</param>
/// <param name="Home">Sage's own folder, which no server behind walls reads.</param>
public sealed record McpSettings(string Place, string Home)
{
    /// <summary>The user's servers by name, as they were written; null when there are none.</summary>
    public JsonElement? Servers { get; init; }

    /// <summary>Whether all servers run behind the walls of commands.</summary>
    public bool Sandbox { get; init; }

    /// <summary>When the tools of all servers would cost more tokens in each request, they are found by searching.</summary>
    public int MostToolTokens { get; init; } = 3_000;

    /// <summary>Tools that the user has switched off, by the name of the server.</summary>
    public ImmutableDictionary<string, ImmutableArray<string>> DisabledTools { get; init; } =
        ImmutableDictionary<string, ImmutableArray<string>>.Empty;

    public bool IsDisabled(string server, string tool) =>
        DisabledTools.TryGetValue(server, out var tools) && !tools.IsDefault && tools.Contains(tool);
}
