using System.Collections.Immutable;
using System.Text;
using System.Text.Json;
using Sage.Agent.Extensions;
using Sage.Agent.Permissions;
using Sage.Agent.Workspaces;
using Sage.Extensibility.Mcp.Tools;
using Sage.Extensibility.Memory;

namespace Sage.Extensibility.Mcp.Configuration;

/// <summary>Reads which servers the user and the project want. A file that cannot be read, or an entry, is a problem and no more.</summary>
internal sealed class McpFiles(IMcpSettings settings)
{
    /// <summary>As a consent knows it.</summary>
    public const string OfferKind = "mcp";

    private const int Cap = 256 * 1024;

    private static readonly string[] ProjectFiles = [".mcp.json", ".vscode/mcp.json"];

    // Among programs there are two words for it.
    private static readonly string[] Keys = ["mcpServers", "servers"];

    private static readonly JsonDocumentOptions Lenient = new()
    {
        AllowTrailingCommas = true,
        CommentHandling = JsonCommentHandling.Skip,
    };

    public McpConfig Read(Workspace workspace)
    {
        var problems = ImmutableArray.CreateBuilder<string>();
        var own = ImmutableArray.CreateBuilder<McpServerSpec>();
        var user = settings.Read();
        if (user.Servers is { } servers)
        {
            Add(servers, user.Place, isOfProject: false, own, [], problems);
        }

        var project = ImmutableArray.CreateBuilder<McpServerSpec>();
        foreach (var name in ProjectFiles)
        {
            ReadProject(workspace, name, project, [.. own], problems);
        }

        return new McpConfig(own.ToImmutable(), project.ToImmutable(), Offer(project), problems.ToImmutable());
    }

    private static Protocol.Permissions.ProjectOffer? Offer(ImmutableArray<McpServerSpec>.Builder project) =>
        project.Count == 0
            ? null
            : OfferHash.Offer(
                OfferKind,
                string.Join(", ", project.Select(static server => server.Place).Distinct()),
                [.. project.SelectMany(static server => server.Lines.AsEnumerable())]
            );

    private static void ReadProject(
        Workspace workspace,
        string name,
        ImmutableArray<McpServerSpec>.Builder found,
        ImmutableArray<McpServerSpec> taken,
        ImmutableArray<string>.Builder problems
    )
    {
        try
        {
            var path = LinkedPath.Resolve(Path.Combine(workspace.Root, name));
            if (!LinkedPath.IsWithin(workspace.Root, path) || SmallFile.Read(path, Cap) is not { } file)
            {
                return;
            }

            if (file.Length > Cap)
            {
                problems.Add($"{name} is larger than {Cap / 1024} KB, so its MCP servers are left out.");
                return;
            }

            using var json = JsonDocument.Parse(Encoding.UTF8.GetString(file.Bytes).TrimStart('\uFEFF'), Lenient);
            foreach (var key in Keys)
            {
                if (
                    json.RootElement.ValueKind == JsonValueKind.Object
                    && json.RootElement.TryGetProperty(key, out var servers)
                )
                {
                    Add(servers, name, isOfProject: true, found, taken, problems);
                }
            }
        }
        catch (Exception e) when (e is JsonException or IOException or UnauthorizedAccessException)
        {
            problems.Add($"{name} cannot be read, so its MCP servers are left out: {e.Message} Mend it, or remove it.");
        }
    }

    private static void Add(
        JsonElement servers,
        string place,
        bool isOfProject,
        ImmutableArray<McpServerSpec>.Builder found,
        ImmutableArray<McpServerSpec> taken,
        ImmutableArray<string>.Builder problems
    )
    {
        if (servers.ValueKind != JsonValueKind.Object)
        {
            problems.Add($"The MCP servers in {place} must be an object: the name of each, and what it is.");
            return;
        }

        foreach (var written in servers.EnumerateObject())
        {
            try
            {
                var entry = written.Value.Deserialize(McpJson.Default.McpEntry) ?? new McpEntry();
                var name = McpNames.Server(written.Name);
                var spec = new McpServerSpec(name, place, entry, isOfProject) { Written = written.Value.GetRawText() };
                if (entry.Disabled == true || taken.Any(other => other.Name == name))
                {
                    continue;
                }

                var problem = found.Any(other => other.Name == name)
                    ? $"there is another one that is called {name}"
                    : spec.Problem;
                if (problem is null)
                {
                    found.Add(spec);
                }
                else
                {
                    problems.Add(
                        $"The MCP server {PlainText.OneLine(written.Name)} in {place} is left out: {problem}."
                    );
                }
            }
            catch (JsonException e)
            {
                problems.Add($"The MCP server {PlainText.OneLine(written.Name)} in {place} is left out: {e.Message}");
            }
        }
    }
}
