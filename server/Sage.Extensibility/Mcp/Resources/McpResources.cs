using System.Collections.Immutable;
using System.Text.RegularExpressions;
using Sage.Agent.Extensions.Mcp;
using Sage.Agent.Workspaces;
using Sage.Extensibility.Mcp.Connections;
using Sage.Protocol.Mcp;
using Sage.Protocol.Turns;

namespace Sage.Extensibility.Mcp.Resources;

/// <summary>What servers have to read, where a prompt points at it with <c>@server:uri</c>.</summary>
internal sealed partial class McpResources(McpServers servers, TimeProvider time) : IResources
{
    private const int MostInPrompt = 10;
    private const int LongestDescription = 200;

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(10);

    public ImmutableArray<ResourceSummary> List(Workspace workspace) =>
        [
            .. servers
                .Running(workspace)
                .Servers.SelectMany(static server =>
                    server
                        .State.Resources.Select(resource =>
                            Summary(server, resource.Uri, resource.Title ?? resource.Name, resource.Description)
                        )
                        .Concat(
                            server.State.Templates.Select(template =>
                                Summary(
                                    server,
                                    template.UriTemplate,
                                    template.Title ?? template.Name,
                                    template.Description
                                )
                            )
                        )
                        .Where(static summary => ServerWords.IsAddress(summary.Uri))
                        .OrderBy(static summary => summary.Uri, StringComparer.Ordinal)
                ),
        ];

    public async Task<ImmutableArray<InputPart>> ReadAsync(
        string words,
        Workspace workspace,
        CancellationToken cancellationToken
    )
    {
        var mentions = Mention().Matches(words);
        if (mentions.Count == 0)
        {
            return [];
        }

        var running = servers.Running(workspace).Servers;
        var pointed = mentions
            .Select(static mention => (Server: mention.Groups["server"].Value, Uri: mention.Groups["uri"].Value))
            .Select(mention =>
                (Server: running.FirstOrDefault(server => server.Spec.Name == mention.Server), mention.Uri)
            )
            .Where(static mention => mention.Server is not null)
            .Select(static mention => (Server: mention.Server!, Uri: Exact(mention.Server!, mention.Uri)))
            .Distinct()
            .Take(MostInPrompt);
        // All at once: the user waits for them before anything is sent.
        var read = await Task.WhenAll(
            pointed.Select(mention => ReadAsync(mention.Server, mention.Uri, cancellationToken))
        );
        return [.. read.SelectMany(static parts => parts.AsEnumerable())];
    }

    private async Task<ImmutableArray<InputPart>> ReadAsync(
        McpServer server,
        string uri,
        CancellationToken cancellationToken
    )
    {
        using var timer = new CancellationTokenSource(Patience, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, timer.Token);
        try
        {
            // The first prompt can point at one that is being started.
            await server.Settled.WaitAsync(either.Token);
            if (server.Connection is not { } connection)
            {
                return [Unread(server, uri, $"the server does not run: {server.State.Ended}")];
            }

            var answer = await connection.ReadResourceAsync(uri, either.Token);
            var parts = answer
                .Contents.SelectMany(contents => ResourceContent.Of(contents, server.Spec).AsEnumerable())
                .ToImmutableArray();
            return parts.IsEmpty ? [Unread(server, uri, "the server answered with nothing")] : parts;
        }
        catch (Exception error) when (McpFailure.Covers(error) && !cancellationToken.IsCancellationRequested)
        {
            var why = timer.IsCancellationRequested
                ? $"the server did not answer within {Patience.TotalSeconds:0} s"
                : McpFailure.Describe(error);
            return [Unread(server, uri, why)];
        }
    }

    private static ResourcePart Unread(McpServer server, string uri, string why) =>
        ResourceContent.Part(server.Spec, uri, $"[It could not be read: {why}. Tell the user.]");

    /// <summary>A full stop behind an address belongs to the sentence, unless the server has an address that ends so.</summary>
    private static string Exact(McpServer server, string uri) =>
        server.State.Resources.Any(resource => resource.Uri == uri)
            ? uri
            : uri.TrimEnd('.', ',', ';', ':', ')', '?', '!');

    private static ResourceSummary Summary(McpServer server, string uri, string name, string? description) =>
        new(
            server.Spec.Name,
            uri,
            ServerWords.Line(name),
            description is null ? null : ServerWords.Line(description, LongestDescription)
        );

    [GeneratedRegex(
        @"(?<![\w@./`-])@(?<server>[A-Za-z0-9_-]+):(?<uri>[A-Za-z][A-Za-z0-9+.-]*:[^\s`""'<>|]+)",
        RegexOptions.ExplicitCapture
    )]
    private static partial Regex Mention();
}
