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

    /// <summary>Reads and proven read-only commands; all else is denied.</summary>
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
/// <param name="Preview">What an edit would change, when that is known before it runs.</param>
public sealed record PermissionRequestParams(
    string SessionId,
    string CallId,
    string ToolName,
    string Title,
    JsonElement Input,
    string Rule,
    FileDiff? Preview = null
);

/// <param name="Decision">Allow or deny.</param>
/// <param name="Scope">How long an allow holds for the rule.</param>
/// <param name="Reason">Why the user said no; the model reads it.</param>
public sealed record PermissionRequestResult(
    PermissionDecision Decision,
    GrantScope Scope = GrantScope.Once,
    string? Reason = null
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
}
