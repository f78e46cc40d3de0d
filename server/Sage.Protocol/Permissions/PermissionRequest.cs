using System.Collections.Immutable;
using System.Text.Json;
using System.Text.Json.Serialization;
using Sage.Protocol.Events;
using Sage.Protocol.Json;

namespace Sage.Protocol.Permissions;

/// <summary>What may run without asking.</summary>
[JsonConverter(typeof(CamelCaseEnumConverter<PermissionMode>))]
public enum PermissionMode
{
    /// <summary>Reads and proven read-only commands are free, the rest asks.</summary>
    Ask,

    /// <summary>Edits inside the workspace are free too.</summary>
    AutoEdit,

    /// <summary>Reads and proven read-only commands; all else is denied, until the user has accepted a plan.</summary>
    Plan,

    /// <summary>Everything but deny rules.</summary>
    Full,
}

/// <summary><see cref="Methods.RequestPermission"/>: may this call run? Cancelled by the server when the turn is stopped.</summary>
/// <param name="SessionId">The session that asks.</param>
/// <param name="CallId">The tool call; the approval belongs on its card.</param>
/// <param name="ToolName">For example <c>run_command</c>.</param>
/// <param name="Title">One line for people: <c>Run npm test</c>.</param>
/// <param name="Input">The call's arguments as the model wrote them.</param>
/// <param name="Rule">The exact rule a wider grant would save: <c>run_command(npm test)</c>.</param>
public sealed record PermissionRequestParams(
    string SessionId,
    string CallId,
    string ToolName,
    string Title,
    JsonElement Input,
    string Rule
)
{
    /// <summary>What an edit would change, file by file, when that is known before it runs; a move is a deletion and a creation.</summary>
    public ImmutableArray<FileDiff>? Previews { get; init; }

    /// <summary>A wider rule that may be saved instead: <c>run_command(npm test *)</c>; none when that would not be safe.</summary>
    public string? WiderRule { get; init; }

    /// <summary>Why it is asked, when that is not the mode alone: which rule of which file says so.</summary>
    public string? Reason { get; init; }

    /// <summary>What would happen that cannot easily be had back, one sentence.</summary>
    public string? Danger { get; init; }
}

/// <param name="Decision">Allow or deny.</param>
/// <param name="Scope">How long an allow holds for the rule.</param>
/// <param name="Reason">Why the user said no; the model reads it.</param>
/// <param name="Input">Other arguments for the call; then it is allowed once, with these.</param>
/// <param name="Rule">The rule to save: <see cref="PermissionRequestParams.WiderRule"/>, or the exact one when absent.</param>
public sealed record PermissionRequestResult(
    PermissionDecision Decision,
    GrantScope Scope = GrantScope.Once,
    string? Reason = null,
    JsonElement? Input = null,
    string? Rule = null
);

[JsonConverter(typeof(CamelCaseEnumConverter<PermissionDecision>))]
public enum PermissionDecision
{
    Allow,
    Deny,
}

/// <summary>How long a grant holds.</summary>
[JsonConverter(typeof(CamelCaseEnumConverter<GrantScope>))]
public enum GrantScope
{
    Once,
    Session,

    /// <summary>Saved by Sage for this folder.</summary>
    Workspace,

    /// <summary>Saved by Sage for all folders.</summary>
    User,
}
