using System.Collections.Immutable;
using System.Text.Json.Serialization;

namespace Sage.Extensibility.Mcp.Configuration;

/// <summary>One server as it is written in a configuration file, in the words that such files share among programs.</summary>
/// <param name="Type"><c>stdio</c>, <c>http</c> or <c>sse</c>; known from what else is there when absent.</param>
/// <param name="Command">The program to start.</param>
/// <param name="Args">Its arguments.</param>
/// <param name="Env">Variables of its environment.</param>
/// <param name="Cwd">Where it runs; the workspace when absent.</param>
/// <param name="Url">Where it answers, in place of a program.</param>
/// <param name="Headers">What each request to it carries.</param>
/// <param name="Disabled">True leaves it out.</param>
/// <param name="Sandbox">Whether it runs behind walls.</param>
/// <param name="StartTimeoutSeconds">How long it may take to be ready; 30 when absent.</param>
/// <param name="CallTimeoutSeconds">How long a call may take; 300 when absent.</param>
/// <param name="TrustReadOnlyHint">Whether tools that say they only read are taken for such; the user's own servers only.</param>
/// <param name="TrustResults">Whether what it answers raises no questions; the user's own servers only.</param>
/// <param name="Oauth">How to sign in to it, where that is known.</param>
internal sealed record McpEntry(
    string? Type = null,
    string? Command = null,
    ImmutableArray<string>? Args = null,
    ImmutableSortedDictionary<string, string>? Env = null,
    string? Cwd = null,
    string? Url = null,
    ImmutableSortedDictionary<string, string>? Headers = null,
    bool? Disabled = null,
    bool? Sandbox = null,
    double? StartTimeoutSeconds = null,
    double? CallTimeoutSeconds = null,
    bool? TrustReadOnlyHint = null,
    bool? TrustResults = null,
    McpOAuth? Oauth = null
);

/// <summary>What is known beforehand of signing in to a server; all of it can be found out by most.</summary>
/// <param name="ClientId">Of a client that was registered there by hand.</param>
/// <param name="ClientSecret">Its secret; better the name of a variable.</param>
/// <param name="Scopes">What to ask for, where the server does not say.</param>
/// <param name="ClientMetadataUrl">An https address of a document about the client, for servers that know it by that.</param>
internal sealed record McpOAuth(
    string? ClientId = null,
    string? ClientSecret = null,
    ImmutableArray<string>? Scopes = null,
    string? ClientMetadataUrl = null
);

/// <summary>The words of the configuration files.</summary>
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, RespectNullableAnnotations = true)]
[JsonSerializable(typeof(McpEntry))]
internal sealed partial class McpJson : JsonSerializerContext;
