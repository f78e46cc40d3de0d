using System.Text.Json;
using Sage.Agent.Extensions;
using Sage.Protocol;

namespace Sage.Storage.Settings;

/// <summary>What <c>settings.json</c> says of MCP servers.</summary>
internal sealed class McpSettingsFile(SettingsFile file, SageHome home) : IMcpSettings
{
    public McpSettings Read()
    {
        var none = new McpSettings(home.Settings, home.Root);
        try
        {
            return file.Read().Mcp is { } mcp
                ? none with
                {
                    Servers = mcp.Servers is { ValueKind: not JsonValueKind.Null } servers ? servers : null,
                    Sandbox = mcp.Sandbox ?? none.Sandbox,
                    MostToolTokens = mcp.MostToolTokens ?? none.MostToolTokens,
                }
                : none;
        }
        catch (SageException)
        {
            // Whoever starts a turn says so.
            return none;
        }
    }
}
