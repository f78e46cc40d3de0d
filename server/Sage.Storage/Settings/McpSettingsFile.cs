using System.Collections.Immutable;
using System.Text.Json;
using Sage.Agent.Extensions;
using Sage.Protocol;
using Sage.Protocol.Mcp;

namespace Sage.Storage.Settings;

/// <summary>What <c>settings.json</c> says of MCP servers.</summary>
internal sealed class McpSettingsFile(SettingsFile file, SageHome home) : IMcpSettings
{
    private readonly Lock _saving = new();

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
                    DisabledTools = mcp.DisabledTools ?? none.DisabledTools,
                }
                : none;
        }
        catch (SageException)
        {
            // Whoever starts a turn says so.
            return none;
        }
    }

    public void SetTool(SetMcpToolParams change)
    {
        ArgumentNullException.ThrowIfNull(change);
        lock (_saving)
        {
            try
            {
                Save(change);
            }
            catch (JsonException error)
            {
                throw new SageException(
                    ErrorCodes.StorageFailed,
                    $"{home.Settings} cannot be read, so nothing was written into it. Mend it first: {error.Message}"
                );
            }
            catch (Exception error) when (StorageFailures.Covers(error))
            {
                throw StorageFailures.ToClient(error, home.Settings);
            }
        }
    }

    private void Save(SetMcpToolParams change)
    {
        PrivateFiles.CreateFolder(home.Root);
        // People keep their settings elsewhere, under version control, and link to them.
        var named = new FileInfo(home.Settings);
        var path = named.LinkTarget is null
            ? named.FullName
            : named.ResolveLinkTarget(returnFinalTarget: true)!.FullName;
        var written = File.Exists(path) ? File.ReadAllBytes(path) : [];
        var known = file.Read().Mcp?.DisabledTools?.GetValueOrDefault(change.Server) is { IsDefault: false } tools
            ? tools
            : [];
        var off = change.Enabled ? known.Remove(change.Tool) : known.Remove(change.Tool).Add(change.Tool);
        var value = JsonMember.ListOf(off.Order(StringComparer.Ordinal));
        Replace(path, JsonMember.Set(written, ["mcp", "disabledTools", change.Server], value));
    }

    private static void Replace(string path, byte[] contents)
    {
        var mode = OperatingSystem.IsWindows() || !File.Exists(path) ? (UnixFileMode?)null : File.GetUnixFileMode(path);
        PrivateFiles.Replace(path, contents);
        if (mode is { } kept && !OperatingSystem.IsWindows())
        {
            File.SetUnixFileMode(path, kept);
        }
    }
}
