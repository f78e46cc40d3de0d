using System.Collections.Immutable;
using System.Text.Json;

namespace Sage.Protocol.LanguageServer;

/// <summary>MCP servers of the user. Read from the user's own file only.</summary>
/// <param name="Servers">By name, as in <c>.mcp.json</c>; a mistake in one of them costs that one only.</param>
/// <param name="Sandbox">Whether servers run behind the walls of commands; false when absent.</param>
/// <param name="MostToolTokens">When the tools of all servers cost more tokens, they are found by searching; 3000 when absent.</param>
/// <param name="DisabledTools">Tools that the model does not get, by the name of the server. The editor's list of servers writes it.</param>
public sealed record McpConfiguration(
    JsonElement? Servers = null,
    bool? Sandbox = null,
    int? MostToolTokens = null,
    ImmutableDictionary<string, ImmutableArray<string>>? DisabledTools = null
);
