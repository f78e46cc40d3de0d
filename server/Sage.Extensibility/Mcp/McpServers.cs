using System.Collections.Concurrent;
using System.Collections.Immutable;
using Microsoft.Extensions.Logging;
using Sage.Agent.Extensions;
using Sage.Agent.Extensions.Mcp;
using Sage.Agent.Permissions;
using Sage.Agent.Secrets;
using Sage.Agent.Workspaces;
using Sage.Extensibility.Mcp.Configuration;
using Sage.Extensibility.Mcp.Connections;
using Sage.Extensibility.Mcp.SigningIn;
using Sage.Extensibility.Mcp.Tools;
using Sage.Protocol.Permissions;
using Sage.Sandbox.Commands;

namespace Sage.Extensibility.Mcp;

/// <summary>
/// The MCP servers of this process, by workspace: those that the user configured, and those of the project that the user agreed
/// to. What is started, is started in the background; all of them end with the process.
/// </summary>
internal sealed class McpServers(
    McpFiles files,
    IMcpSettings settings,
    IProjectConsents consents,
    IPermissionRules rules,
    WorkspaceTrust trust,
    CommandRunner runner,
    SecretRedaction secrets,
    IEditorHelp editor,
    TimeProvider time,
    ILogger<McpServers> log
) : IToolSource, IProjectOffers, IAsyncDisposable
{
    private readonly ConcurrentDictionary<string, WorkspaceServers> _byRoot = new(StringComparer.Ordinal);
    private volatile bool _isClosed;

    public LateTools Read(Workspace workspace)
    {
        ArgumentNullException.ThrowIfNull(workspace);
        var (running, problems) = Running(workspace);
        return new LateTools(
            [.. running.SelectMany(ToolsOf)],
            problems.AddRange(running.Select(ProblemOf).OfType<string>()),
            settings.Read().MostToolTokens
        );
    }

    /// <summary>The servers that are wanted now, started if they were not, and what is wrong with what is configured.</summary>
    public (ImmutableArray<McpServer> Servers, ImmutableArray<string> Problems) Running(Workspace workspace)
    {
        // Not even the user's own: npx, for one, obeys files of the folder in which it runs.
        if (!trust.IsGranted || _isClosed)
        {
            return ([], []);
        }

        var config = files.Read(workspace);
        var wanted =
            config.Offer is { } offer && consents.IsGiven(workspace, offer)
                ? config.Own.AddRange(config.OfProject)
                : config.Own;
        var servers = _byRoot.GetOrAdd(workspace.Root, _ => new WorkspaceServers());
        return (servers.Reconcile(wanted, spec => Start(spec, workspace)), config.Problems);
    }

    public ImmutableArray<ProjectOffer> OffersOf(Workspace workspace)
    {
        ArgumentNullException.ThrowIfNull(workspace);
        return files.Read(workspace).Offer is { } offer ? [offer] : [];
    }

    public async ValueTask DisposeAsync()
    {
        _isClosed = true;
        await Task.WhenAll(_byRoot.Values.Select(static servers => servers.CloseAsync()));
    }

    private McpServer Start(McpServerSpec spec, Workspace workspace) =>
        new(
            spec,
            (errors, options, patience) =>
            {
                var start = new ServerStart(spec, workspace, settings.Read(), rules.Read(workspace).Sandbox, secrets);
                return spec.Entry.Url is null
                    ? McpConnection.StartAsync(runner, start.Command(), errors, options, patience.Token)
                    : McpConnection.CallAsync(
                        spec,
                        start,
                        new SignIn(spec, start, editor, secrets, patience, time),
                        options,
                        patience.Token
                    );
            },
            editor,
            time,
            log
        );

    private static IEnumerable<McpTool> ToolsOf(McpServer server)
    {
        var taken = new HashSet<string>(StringComparer.Ordinal);
        foreach (var tool in server.State.Tools.OrderBy(static tool => tool.Name, StringComparer.Ordinal))
        {
            var name = McpNames.Tool(server.Spec.Name, tool.Name);
            yield return new McpTool(server, tool, taken.Add(name) ? name : McpNames.Another(name, tool.Name));
        }
    }

    private static string? ProblemOf(McpServer server) =>
        server.State is { Ended: { } why, HasServed: var served }
            ? $"The MCP server {server.Spec.Name} ({server.Spec.Place}) {(served ? "has ended" : "could not be started")}: {why}."
            : null;
}
