using System.Text.Json.Serialization;
using Sage.Protocol.Json;

namespace Sage.Protocol.Hooks;

/// <summary>When hooks run. In files their names begin with a capital letter.</summary>
[JsonConverter(typeof(CamelCaseEnumConverter<HookMoment>))]
public enum HookMoment
{
    /// <summary>Before the first prompt of a session in this process, and after its conversation was summarised.</summary>
    SessionStart,

    /// <summary>The session is closed.</summary>
    SessionEnd,

    /// <summary>The user has said something.</summary>
    UserPromptSubmit,

    /// <summary>Before a call is asked about or runs.</summary>
    PreToolUse,

    /// <summary>A call went well.</summary>
    PostToolUse,

    /// <summary>A call ran and did not go well.</summary>
    PostToolUseFailure,

    /// <summary>The user is about to be asked about a call.</summary>
    PermissionRequest,

    /// <summary>The user is being asked about a call.</summary>
    Notification,

    /// <summary>The conversation is about to be summarised.</summary>
    PreCompact,

    /// <summary>The model is done with a turn.</summary>
    Stop,

    /// <summary>A sub-agent is done.</summary>
    SubagentStop,
}
