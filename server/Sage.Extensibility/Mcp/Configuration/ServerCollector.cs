using System.Collections.Immutable;
using System.Text.Json;
using Sage.Extensibility.Mcp.Tools;
using Sage.Extensibility.Memory;
using Sage.Protocol.Mcp;

namespace Sage.Extensibility.Mcp.Configuration;

/// <summary>Collects servers from one file after the other: the first one of a name is the one that counts.</summary>
internal sealed class ServerCollector
{
    private readonly ImmutableArray<McpServerSpec>.Builder _own = ImmutableArray.CreateBuilder<McpServerSpec>();
    private readonly ImmutableArray<McpServerSpec>.Builder _project = ImmutableArray.CreateBuilder<McpServerSpec>();
    private readonly ImmutableArray<LeftOutServer>.Builder _leftOut = ImmutableArray.CreateBuilder<LeftOutServer>();
    private readonly ImmutableArray<string>.Builder _problems = ImmutableArray.CreateBuilder<string>();
    private readonly ImmutableArray<string>.Builder _fileProblems = ImmutableArray.CreateBuilder<string>();

    public ImmutableArray<McpServerSpec> OfProject => _project.ToImmutable();

    public McpConfig ToConfig(Protocol.Permissions.ProjectOffer? offer) =>
        new(_own.ToImmutable(), OfProject, offer, _problems.ToImmutable())
        {
            LeftOut = _leftOut.ToImmutable(),
            FileProblems = _fileProblems.ToImmutable(),
        };

    /// <summary>A whole file is of no use.</summary>
    public void AddProblem(string problem)
    {
        _problems.Add(problem);
        _fileProblems.Add(problem);
    }

    /// <param name="servers">By name, as they are written.</param>
    /// <param name="file">Where.</param>
    public void Add(JsonElement servers, ConfigurationFile file)
    {
        if (servers.ValueKind != JsonValueKind.Object)
        {
            AddProblem($"The MCP servers in {file.Place} must be an object: the name of each, and what it is.");
            return;
        }

        foreach (var written in servers.EnumerateObject())
        {
            try
            {
                var entry = written.Value.Deserialize(McpJson.Default.McpEntry) ?? new McpEntry();
                Add(written, entry, file);
            }
            catch (JsonException e)
            {
                Refuse(written.Name, file, e.Message);
            }
        }
    }

    private void Add(JsonProperty written, McpEntry entry, ConfigurationFile file)
    {
        var isOfProject = file.Source == McpServerSource.Project;
        var found = isOfProject ? _project : _own;
        var spec = new McpServerSpec(McpNames.Server(written.Name), file.Place, entry, isOfProject)
        {
            Written = written.Value.GetRawText(),
            Path = file.Path,
            Key = written.Name,
            Source = file.Source,
        };
        // A name that is taken by a file before this one is no mistake: that one is stronger.
        if (_own.Concat(_project).Any(other => other.Name == spec.Name && other.Source != spec.Source))
        {
            return;
        }

        if (entry.Disabled == true)
        {
            LeaveOut(written.Name, file, problem: null);
        }
        else if (found.Any(other => other.Name == spec.Name))
        {
            Refuse(written.Name, file, $"there is another one that is called {spec.Name}.");
        }
        else if (spec.Problem is { } problem)
        {
            Refuse(written.Name, file, $"{problem}.");
        }
        else
        {
            found.Add(spec);
        }
    }

    private void Refuse(string name, ConfigurationFile file, string problem)
    {
        _problems.Add($"The MCP server {PlainText.OneLine(name)} in {file.Place} is left out: {problem}");
        LeaveOut(name, file, problem.TrimEnd('.'));
    }

    private void LeaveOut(string name, ConfigurationFile file, string? problem) =>
        _leftOut.Add(new LeftOutServer(McpNames.Server(name), file.Source, file.Place, file.Path, name, problem));
}

/// <summary>A file with servers in it.</summary>
/// <param name="Source">Whose it is.</param>
/// <param name="Place">What it is called, for people.</param>
/// <param name="Path">Absolute.</param>
internal sealed record ConfigurationFile(McpServerSource Source, string Place, string Path);
