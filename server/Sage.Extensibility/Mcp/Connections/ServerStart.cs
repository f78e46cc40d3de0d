using System.Collections.Immutable;
using Sage.Agent.Extensions;
using Sage.Agent.Permissions;
using Sage.Agent.Secrets;
using Sage.Agent.Workspaces;
using Sage.Extensibility.Mcp.Configuration;
using Sage.Sandbox.Commands;
using Sage.Sandbox.Walls;

namespace Sage.Extensibility.Mcp.Connections;

/// <summary>Makes of what is configured what is run or called, with all variables put in.</summary>
/// <param name="spec">The server.</param>
/// <param name="workspace">Where it works.</param>
/// <param name="settings">The user's.</param>
/// <param name="sandbox">What the user wants of walls.</param>
/// <param name="secrets">Learns what nobody is to see.</param>
internal sealed class ServerStart(
    McpServerSpec spec,
    Workspace workspace,
    McpSettings settings,
    SandboxWish sandbox,
    SecretRedaction secrets
)
{
    private static readonly string[] SecretWords = ["TOKEN", "SECRET", "PASSWORD", "KEY", "AUTH"];

    private readonly Variables _variables = new(workspace, EnvironmentScrub.Default, spec.IsOfProject);

    /// <exception cref="McpStartException">A variable is missing.</exception>
    public CommandSpec Command() =>
        new(
            CommandLine.Of(
                _variables.Expand(spec.Entry.Command!),
                spec.Arguments.Select(argument => _variables.Expand(argument))
            ),
            Path.GetFullPath(_variables.Expand(spec.Entry.Cwd ?? "."), workspace.Root)
        )
        {
            Environment = Expand(spec.Entry.Env).ToImmutableDictionary(),
            Walls = Walls(),
        };

    /// <exception cref="McpStartException">A variable is missing, or it is no address.</exception>
    public Uri Address() =>
        _variables.Expand(spec.Entry.Url!) is var url && McpServerSpec.IsWebAddress(url)
            ? new Uri(url)
            : throw new McpStartException("its url is no http address");

    /// <exception cref="McpStartException">A variable is missing.</exception>
    public Dictionary<string, string> Headers() => Expand(spec.Entry.Headers);

    /// <exception cref="McpStartException">A variable is missing, or an address is none.</exception>
    public McpOAuth OAuth()
    {
        var written = spec.Entry.Oauth ?? new McpOAuth();
        var known = written with
        {
            ClientId = Expand(written.ClientId),
            ClientSecret = Expand(written.ClientSecret),
            ClientMetadataUrl = Expand(written.ClientMetadataUrl),
        };
        return known.ClientMetadataUrl is { } document && !McpServerSpec.IsWebAddress(document)
            ? throw new McpStartException("its oauth.clientMetadataUrl is no http address")
            : known;
    }

    private string? Expand(string? text) => text is null ? null : _variables.Expand(text);

    private Dictionary<string, string> Expand(ImmutableSortedDictionary<string, string>? pairs)
    {
        var expanded = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var (name, written) in pairs ?? McpServerSpec.Nothing)
        {
            var value = _variables.Expand(written);
            expanded[name] = value;
            if (SecretWords.Any(word => name.Contains(word, StringComparison.OrdinalIgnoreCase)))
            {
                // `Bearer abc`: the word before it is no secret.
                secrets.Add(value[(value.LastIndexOf(' ') + 1)..]);
            }
        }

        return expanded;
    }

    /// <summary>A project may ask for walls, but not take those away that the user wants.</summary>
    private CommandWalls? Walls()
    {
        var wanted = spec.IsOfProject
            ? settings.Sandbox || spec.Entry.Sandbox == true
            : spec.Entry.Sandbox ?? settings.Sandbox;
        if (!wanted)
        {
            return null;
        }

        var walls = WorkspaceWalls.Around(
            WallPlaces.Of(workspace.Root, settings.Home),
            sandbox.Network ? NetworkAccess.Allowed : NetworkAccess.Off,
            RepositoryAccess.Commit
        );
        return walls with { Writable = [.. walls.Writable, .. sandbox.Writable] };
    }
}
