using System.Collections.Immutable;
using System.Text;
using System.Text.Json;
using Sage.Agent.Extensions;
using Sage.Agent.Permissions;
using Sage.Agent.Workspaces;
using Sage.Extensibility.Memory;
using Sage.Protocol.Mcp;

namespace Sage.Extensibility.Mcp.Configuration;

/// <summary>Reads which servers the user, the editor and the project want. A file that cannot be read, or an entry, is a problem and no more.</summary>
internal sealed class McpFiles(IMcpSettings settings)
{
    /// <summary>As a consent knows it.</summary>
    public const string OfferKind = "mcp";

    /// <summary>Where a server for everybody who works in a project goes.</summary>
    public const string ProjectFile = ".mcp.json";

    private const int Cap = 256 * 1024;

    private static readonly string[] ProjectFiles = [ProjectFile, ".vscode/mcp.json"];

    // Among programs there are two words for it.
    private static readonly string[] Keys = ["mcpServers", "servers"];

    private static readonly JsonDocumentOptions Lenient = new()
    {
        AllowTrailingCommas = true,
        CommentHandling = JsonCommentHandling.Skip,
    };

    private volatile UseEditorMcpServersParams? _ofEditor;

    /// <summary>What the editor has configured, in place of what it had before.</summary>
    public void UseEditorServers(UseEditorMcpServersParams given) => _ofEditor = given;

    public McpConfig Read(Workspace workspace)
    {
        var found = new ServerCollector();
        var user = settings.Read();
        if (user.Servers is { } servers)
        {
            found.Add(servers, new ConfigurationFile(McpServerSource.User, user.Place, user.Place));
        }

        if (_ofEditor is { Path: { } path } editor)
        {
            ReadFile(new ConfigurationFile(McpServerSource.Editor, editor.Place, path), found);
        }

        foreach (var name in ProjectFiles)
        {
            var file = new ConfigurationFile(McpServerSource.Project, name, Path.Combine(workspace.Root, name));
            ReadFile(file, found, workspace);
        }

        return found.ToConfig(Offer(found.OfProject));
    }

    private static Protocol.Permissions.ProjectOffer? Offer(ImmutableArray<McpServerSpec> project) =>
        project.IsEmpty
            ? null
            : OfferHash.Offer(
                OfferKind,
                string.Join(", ", project.Select(static server => server.Place).Distinct()),
                [.. project.SelectMany(static server => server.Lines.AsEnumerable())]
            );

    /// <param name="file">Which.</param>
    /// <param name="found">Gets what stands in it.</param>
    /// <param name="within">Where the file has to lie; null for anywhere.</param>
    private static void ReadFile(ConfigurationFile file, ServerCollector found, Workspace? within = null)
    {
        try
        {
            var path = LinkedPath.Resolve(file.Path);
            if (
                (within is not null && !LinkedPath.IsWithin(within.Root, path))
                || SmallFile.Read(path, Cap) is not { } read
            )
            {
                return;
            }

            if (read.Length > Cap)
            {
                found.AddProblem($"{file.Place} is larger than {Cap / 1024} KB, so its MCP servers are left out.");
                return;
            }

            var text = Encoding.UTF8.GetString(read.Bytes).TrimStart('\uFEFF');
            using var json = JsonDocument.Parse(text.Length == 0 ? "{}" : text, Lenient);
            foreach (var key in Keys)
            {
                if (
                    json.RootElement.ValueKind == JsonValueKind.Object
                    && json.RootElement.TryGetProperty(key, out var servers)
                )
                {
                    found.Add(servers, file);
                }
            }
        }
        catch (Exception e) when (e is JsonException or IOException or UnauthorizedAccessException)
        {
            found.AddProblem(
                $"{file.Place} cannot be read, so its MCP servers are left out: {e.Message} Mend it, or remove it."
            );
        }
    }
}
