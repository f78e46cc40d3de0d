using System.Collections.Immutable;
using System.Text.Json.Serialization;
using MediatR;
using Sage.Protocol.Json;

namespace Sage.Protocol.Mcp;

/// <summary><see cref="Methods.ListMcpServers"/>: all that are configured. In a trusted workspace, looking at them starts those that are wanted.</summary>
public sealed record ListMcpServersParams : IRequest<ListMcpServersResult>;

/// <param name="Servers">By name. None without a folder: that is where they run.</param>
/// <param name="Problems">Files that could not be read, for people.</param>
/// <param name="UserPath">Where a server for every workspace goes; absolute. The file need not be there.</param>
/// <param name="WorkspacePath">Where a server for everybody who works in this workspace goes; absolute. Null without a folder.</param>
public sealed record ListMcpServersResult(
    ImmutableArray<McpServerSummary> Servers,
    ImmutableArray<string> Problems,
    string UserPath,
    string? WorkspacePath = null
);

/// <summary>A configured server and how it stands.</summary>
/// <param name="Name">What requests call it by; it stands in the names of its tools.</param>
/// <param name="Source">Whose it is.</param>
/// <param name="Place">The file that has it, for people: <c>.mcp.json</c>.</param>
/// <param name="Path">The same file; absolute.</param>
/// <param name="Key">Its name as it is written there.</param>
/// <param name="What">What is run or called, in a line, without variables and headers.</param>
/// <param name="State">How it stands.</param>
/// <param name="Tools">What it offered last; kept when it has ended, since it may be back.</param>
/// <param name="Reason">Why it does not run, with the last line that it said; null when there is nothing to say.</param>
/// <param name="RestartsAt">When it is started again by itself; null when it is not.</param>
public sealed record McpServerSummary(
    string Name,
    McpServerSource Source,
    string Place,
    string Path,
    string Key,
    string What,
    McpServerState State,
    ImmutableArray<McpToolSummary> Tools,
    string? Reason = null,
    DateTimeOffset? RestartsAt = null
);

/// <param name="Name">As the server calls it, and as <see cref="Methods.SetMcpTool"/> does.</param>
/// <param name="FullName">As the model and rules call it: <c>mcp__server__tool</c>.</param>
/// <param name="Description">The server's own words.</param>
/// <param name="Enabled">False when the user has switched it off: the model does not get to know it.</param>
/// <param name="Tokens">About what it adds to each request while it is offered.</param>
public sealed record McpToolSummary(string Name, string FullName, string Description, bool Enabled, long Tokens);

/// <summary>Who has configured a server.</summary>
[JsonConverter(typeof(CamelCaseEnumConverter<McpServerSource>))]
public enum McpServerSource
{
    /// <summary>The user's own settings.</summary>
    User,

    /// <summary>The user's configuration of the editor.</summary>
    Editor,

    /// <summary>A file of the project.</summary>
    Project,
}

/// <summary>How a server stands.</summary>
[JsonConverter(typeof(CamelCaseEnumConverter<McpServerState>))]
public enum McpServerState
{
    Starting,
    Ready,

    /// <summary>It cannot be used as it is configured, did not start, or has ended by itself.</summary>
    Failed,

    /// <summary>The user has stopped it, or the workspace is not trusted.</summary>
    Stopped,

    /// <summary>Its configuration leaves it out, or the user has said no to the project's.</summary>
    Disabled,

    /// <summary>The project brings it along, and the user has not agreed yet.</summary>
    WaitingForConsent,
}
