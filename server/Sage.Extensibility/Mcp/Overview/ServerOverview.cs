using System.Collections.Immutable;
using Sage.Agent.Extensions;
using Sage.Agent.Permissions;
using Sage.Agent.Secrets;
using Sage.Agent.ToolCalls;
using Sage.Agent.Workspaces;
using Sage.Extensibility.Mcp.Configuration;
using Sage.Extensibility.Mcp.Connections;
using Sage.Extensibility.Mcp.Tools;
using Sage.Protocol.Mcp;

namespace Sage.Extensibility.Mcp.Overview;

/// <summary>Puts into words for people what is configured and how it stands.</summary>
internal sealed class ServerOverview(IProjectConsents consents, WorkspaceTrust trust, SecretRedaction secrets)
{
    /// <param name="workspace">Where they run.</param>
    /// <param name="config">What the files say.</param>
    /// <param name="servers">What was started of it.</param>
    /// <param name="settings">The user's.</param>
    public ImmutableArray<McpServerSummary> Of(
        Workspace workspace,
        McpConfig config,
        WorkspaceServers servers,
        McpSettings settings
    ) =>
        [
            .. config
                .Own.Concat(config.OfProject)
                .Select(spec => Of(spec, workspace, config, servers.Find(spec), settings))
                .Concat(config.LeftOut.Select(Of))
                .OrderBy(static server => server.Name, StringComparer.Ordinal),
        ];

    private McpServerSummary Of(
        McpServerSpec spec,
        Workspace workspace,
        McpConfig config,
        (McpServer Server, bool IsStopped)? found,
        McpSettings settings
    )
    {
        if (found is not (var server, var isStopped))
        {
            var (state, reason) = WhyNotStarted(spec, workspace, config);
            return Summary(spec, state, [], reason);
        }

        var (stands, why, again) = isStopped ? (McpServerState.Stopped, null, null) : Standing(server.State);
        return Summary(spec, stands, [.. server.Tools.Select(tool => Of(tool, spec, settings))], why, again);
    }

    private (McpServerState State, string? Reason) WhyNotStarted(
        McpServerSpec spec,
        Workspace workspace,
        McpConfig config
    ) =>
        !trust.IsGranted ? (McpServerState.Stopped, "this workspace is not trusted, so no server runs in it")
        : spec.IsOfProject && config.Offer is { } offer && !consents.IsGiven(workspace, offer)
            ? consents.IsOpen(workspace, offer)
                    ? (McpServerState.WaitingForConsent, "the project brings it along; the chat asks whether you agree")
                : (McpServerState.Disabled, "you have not agreed to the servers of this project")
        : (McpServerState.Stopped, null);

    private static (McpServerState State, string? Reason, DateTimeOffset? Again) Standing(ServerState state) =>
        state switch
        {
            { Connection: not null } => (McpServerState.Ready, null, null),
            { IsTried: false, Ended: { } why } => (McpServerState.Failed, why, state.RestartsAt),
            _ => (McpServerState.Starting, state.Ended, null),
        };

    private McpToolSummary Of(McpTool tool, McpServerSpec spec, McpSettings settings) =>
        new(
            tool.NameOfServer,
            tool.Definition.Name,
            secrets.Redact(tool.Definition.Description),
            !settings.IsDisabled(spec.Name, tool.NameOfServer),
            ToolCatalog.Tokens(tool)
        );

    private McpServerSummary Of(LeftOutServer server) =>
        new(
            server.Name,
            server.Source,
            server.Place,
            server.Path,
            server.Key,
            "",
            server.Problem is null ? McpServerState.Disabled : McpServerState.Failed,
            [],
            secrets.Redact(server.Problem ?? "its configuration says so")
        );

    private McpServerSummary Summary(
        McpServerSpec spec,
        McpServerState state,
        ImmutableArray<McpToolSummary> tools,
        string? reason,
        DateTimeOffset? again = null
    ) =>
        new(
            spec.Name,
            spec.Source,
            spec.Place,
            spec.Path,
            spec.Key,
            secrets.Redact(spec.What),
            state,
            tools,
            reason is null ? null : secrets.Redact(reason),
            again
        );
}
