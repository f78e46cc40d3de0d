using System.Collections.Concurrent;
using System.Collections.Immutable;
using Microsoft.Extensions.Logging;
using Sage.Agent.Extensions;
using Sage.Agent.Extensions.Mcp;
using Sage.Agent.Mcp;
using Sage.Agent.Permissions;
using Sage.Agent.Secrets;
using Sage.Agent.Workspaces;
using Sage.Extensibility.Mcp.Configuration;
using Sage.Extensibility.Mcp.Connections;
using Sage.Extensibility.Mcp.Overview;
using Sage.Extensibility.Mcp.SigningIn;
using Sage.Extensibility.Mcp.Tools;
using Sage.Protocol;
using Sage.Protocol.Mcp;
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
) : IToolSource, IProjectOffers, IMcpServers, IAsyncDisposable
{
    private readonly ConcurrentDictionary<string, WorkspaceServers> _byRoot = new(StringComparer.Ordinal);
    private readonly Changes _changes = new();
    private readonly ServerOverview _overview = new(consents, trust, secrets);
    private volatile bool _isClosed;

    public LateTools Read(Workspace workspace)
    {
        ArgumentNullException.ThrowIfNull(workspace);
        if (!trust.IsGranted || _isClosed)
        {
            return LateTools.None;
        }

        var (running, problems) = Running(workspace);
        var user = settings.Read();
        var isOff = (McpServer server, McpTool tool) => user.IsDisabled(server.Spec.Name, tool.NameOfServer);
        return new LateTools(
            [.. running.SelectMany(server => server.Tools.Where(tool => !isOff(server, tool)))],
            problems.AddRange(running.Select(ProblemOf).OfType<string>()),
            user.MostToolTokens
        )
        {
            Withheld =
            [
                .. running.SelectMany(server => server.Tools.Where(tool => isOff(server, tool)).Select(SwitchedOff)),
                .. In(workspace)
                    .Stopped.SelectMany(static server => server.Tools.Select(tool => Stopped(server, tool))),
            ],
        };
    }

    /// <summary>The servers that are wanted now, started if they were not, and what is wrong with what is configured.</summary>
    public (ImmutableArray<McpServer> Servers, ImmutableArray<string> Problems) Running(Workspace workspace)
    {
        var config = files.Read(workspace);
        return (Reconcile(workspace, config), trust.IsGranted ? config.Problems : []);
    }

    public ImmutableArray<ProjectOffer> OffersOf(Workspace workspace)
    {
        ArgumentNullException.ThrowIfNull(workspace);
        return files.Read(workspace).Offer is { } offer ? [offer] : [];
    }

    public ListMcpServersResult List(Workspace? workspace)
    {
        var user = settings.Read();
        if (workspace is null)
        {
            return new ListMcpServersResult([], [], user.Place);
        }

        var config = files.Read(workspace);
        Reconcile(workspace, config);
        return new ListMcpServersResult(
            _overview.Of(workspace, config, In(workspace), user),
            config.FileProblems,
            user.Place,
            Path.Combine(workspace.Root, McpFiles.ProjectFile)
        );
    }

    public async Task StartAsync(Workspace workspace, string server)
    {
        if (Startable(workspace, server).State is McpServerState.Failed)
        {
            await RestartAsync(workspace, server);
            return;
        }

        In(workspace).Release(server);
        Reconcile(workspace, files.Read(workspace));
    }

    public Task StopAsync(Workspace workspace, string server)
    {
        Startable(workspace, server);
        return In(workspace).StopAsync(server);
    }

    public async Task RestartAsync(Workspace workspace, string server)
    {
        Startable(workspace, server);
        await In(workspace).EndAsync(server);
        Reconcile(workspace, files.Read(workspace));
    }

    public void SetTool(SetMcpToolParams change)
    {
        settings.SetTool(change);
        log.LogInformation(
            "Tool {Tool} of MCP server {Server}: enabled {Enabled}",
            change.Tool,
            change.Server,
            change.Enabled
        );
        _changes.OfServers();
    }

    public ReadMcpLogResult ReadLog(Workspace workspace, ReadMcpLogParams request)
    {
        ArgumentNullException.ThrowIfNull(request);
        var lines = In(workspace).FindLog(request.Server)?.Read(request.After) ?? [];
        return new ReadMcpLogResult([.. lines.Select(line => line with { Text = secrets.Redact(line.Text) })]);
    }

    public void UseEditorServers(UseEditorMcpServersParams given)
    {
        files.UseEditorServers(given);
        _changes.OfServers();
    }

    public Task<McpChangedParams> NextChangeAsync(CancellationToken cancellationToken) =>
        _changes.NextAsync(cancellationToken);

    public async ValueTask DisposeAsync()
    {
        _isClosed = true;
        await Task.WhenAll(_byRoot.Values.Select(static servers => servers.CloseAsync()));
    }

    private WorkspaceServers In(Workspace workspace) =>
        _byRoot.GetOrAdd(workspace.Root, _ => new WorkspaceServers(time, _changes));

    /// <summary>Starts and ends what the configuration, the consents and the trust say.</summary>
    /// <returns>Those that are wanted and that the user has not stopped.</returns>
    private ImmutableArray<McpServer> Reconcile(Workspace workspace, McpConfig config)
    {
        // Not even the user's own without trust: npx, for one, obeys files of the folder in which it runs.
        if (!trust.IsGranted || _isClosed)
        {
            return [];
        }

        var wanted =
            config.Offer is { } offer && consents.IsGiven(workspace, offer)
                ? config.Own.AddRange(config.OfProject)
                : config.Own;
        return In(workspace).Reconcile(wanted, (spec, said) => Start(spec, workspace, said));
    }

    private McpServer Start(McpServerSpec spec, Workspace workspace, ServerLog said) =>
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
            log,
            said,
            _changes
        );

    /// <summary>One that was started at some time, or could be.</summary>
    private McpServerSummary Startable(Workspace workspace, string name)
    {
        var found =
            List(workspace).Servers.FirstOrDefault(server => server.Name == name)
            ?? throw new SageException(ErrorCodes.InvalidParams, $"No MCP server is called {name}.");
        var isWanted =
            found.State is McpServerState.Starting or McpServerState.Ready
            || (found.State is McpServerState.Failed && found.What.Length > 0)
            || (found.State is McpServerState.Stopped && trust.IsGranted);
        return isWanted
            ? found
            : throw new SageException(
                ErrorCodes.InvalidParams,
                $"The MCP server {name} cannot be started: {found.Reason}."
            );
    }

    private static WithheldTool SwitchedOff(McpTool tool) =>
        new(tool, $"The user has switched the tool {tool.Definition.Name} off.");

    private static WithheldTool Stopped(McpServer server, McpTool tool) =>
        new(tool, $"The user has stopped the MCP server {server.Spec.Name}.");

    private static string? ProblemOf(McpServer server) =>
        server.State is { Ended: { } why, HasServed: var served }
            ? $"The MCP server {server.Spec.Name} ({server.Spec.Place}) {(served ? "has ended" : "could not be started")}: {why}."
            : null;
}
