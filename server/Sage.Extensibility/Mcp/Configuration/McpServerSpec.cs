using System.Collections.Immutable;
using System.Text.Json;
using Sage.Protocol.Mcp;

namespace Sage.Extensibility.Mcp.Configuration;

/// <summary>One server that may be started, and who wants it.</summary>
/// <param name="Name">Fit for the names of tools.</param>
/// <param name="Place">Where it stands, for people.</param>
/// <param name="Entry">As it was written; variables in it are still names.</param>
/// <param name="IsOfProject">True when anybody may have written it.</param>
internal sealed record McpServerSpec(string Name, string Place, McpEntry Entry, bool IsOfProject)
{
    private const double DefaultStartSeconds = 30;
    private const double DefaultCallSeconds = 300;
    private const double MostSeconds = 24 * 60 * 60;

    /// <summary>The text that it was made of: another text is another server.</summary>
    public required string Written { get; init; }

    /// <summary>The file that it stands in; absolute.</summary>
    public string Path { get; init; } = "";

    /// <summary>Its name as it is written there.</summary>
    public string Key { get; init; } = Name;

    public McpServerSource Source { get; init; } = IsOfProject ? McpServerSource.Project : McpServerSource.User;

    /// <summary>What is run or called, in a line.</summary>
    public string What => Entry.Url ?? string.Join(' ', [Entry.Command!, .. Arguments.Select(Shown)]);

    public TimeSpan StartTimeout => Seconds(Entry.StartTimeoutSeconds, DefaultStartSeconds);

    public TimeSpan CallTimeout => Seconds(Entry.CallTimeoutSeconds, DefaultCallSeconds);

    /// <summary>What the server says of its own tools is its word; only the user can take it.</summary>
    public bool TrustsReadOnlyHint => !IsOfProject && Entry.TrustReadOnlyHint == true;

    public bool TrustsResults => !IsOfProject && Entry.TrustResults == true;

    /// <summary>Why it cannot be used; null when it can.</summary>
    public string? Problem =>
        (Entry.Command, Entry.Url) switch
        {
            (null, null) => "it has neither a command nor a url",
            ({ } command, _) when string.IsNullOrWhiteSpace(command) => "its command is empty",
            ({ }, { }) => "it has a command and a url; take one out",
            (_, { } url) when !url.Contains('$', StringComparison.Ordinal) && !IsWebAddress(url) =>
                $"{url} is no http address",
            _ when Entry.Type is not (null or "stdio" or "http" or "streamable-http" or "sse") =>
                $"its type {Entry.Type} is not known; write stdio, http or sse",
            _ => null,
        };

    /// <summary>All that somebody agrees to who agrees to this server.</summary>
    public ImmutableArray<string> Lines =>
        [
            $"{Name}: {What}",
            .. Entry.Cwd is { } cwd ? [$"{Name}: in the folder {cwd}"] : Array.Empty<string>(),
            .. (Entry.Env ?? Nothing).Select(pair => $"{Name}: with the variable {pair.Key}={pair.Value}"),
            .. (Entry.Headers ?? Nothing).Select(pair => $"{Name}: with the header {pair.Key}: {pair.Value}"),
            .. Entry.Oauth is { } oauth
                ?
                [
                    $"{Name}: signs in as {oauth.ClientId ?? oauth.ClientMetadataUrl ?? "Sage"}, for {string.Join(' ', oauth.Scopes ?? [])}",
                ]
                : Array.Empty<string>(),
        ];

    public ImmutableArray<string> Arguments => Entry.Args is { IsDefault: false } given ? given : [];

    internal static ImmutableSortedDictionary<string, string> Nothing { get; } =
        ImmutableSortedDictionary<string, string>.Empty;

    internal static bool IsWebAddress(string url) =>
        Uri.TryCreate(url, UriKind.Absolute, out var address) && address.Scheme is "http" or "https";

    private static string Shown(string argument) =>
        argument.Length > 0 && !argument.Any(static c => char.IsWhiteSpace(c) || c is '"' or '\'')
            ? argument
            : $"\"{JsonEncodedText.Encode(argument)}\"";

    private static TimeSpan Seconds(double? given, double standard) =>
        TimeSpan.FromSeconds(given is > 0 and <= MostSeconds ? given.Value : standard);
}
