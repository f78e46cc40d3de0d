using System.Text.Json.Serialization;
using Sage.Protocol.Json;

namespace Sage.Protocol.Events;

/// <summary>Something runs on although its call has its result. It ends with the session at the latest.</summary>
/// <param name="TaskId">Unique in the session.</param>
/// <param name="CallId">The call that started it.</param>
/// <param name="Title">One line for people: the command, or the task of a sub-agent.</param>
/// <param name="Subagent">The kind of sub-agent that it is, whose <see cref="SubagentEvent"/>s follow; absent for a command.</param>
public sealed record BackgroundStarted(string TaskId, string CallId, string Title, string? Subagent = null)
    : DurableEvent;

/// <summary>A background task has ended, with everything it had started.</summary>
/// <param name="TaskId">The task.</param>
/// <param name="How">Why it ended.</param>
/// <param name="Ms">Milliseconds from its start; 0 when nobody was there to see the end.</param>
/// <param name="ExitCode">Of its command; absent when a signal ended it.</param>
/// <param name="Result">What a sub-agent has answered, as the model reads it; absent for a command.</param>
/// <param name="Source">Where content in the result came from that is not of the user's making.</param>
public sealed record BackgroundEnded(
    string TaskId,
    BackgroundEndHow How,
    long Ms,
    int? ExitCode = null,
    string? Result = null,
    string? Source = null
) : DurableEvent;

[JsonConverter(typeof(CamelCaseEnumConverter<BackgroundEndHow>))]
public enum BackgroundEndHow
{
    /// <summary>By itself.</summary>
    Exited,

    /// <summary>The user or the model stopped it.</summary>
    Stopped,

    /// <summary>The user has taken it to a terminal of their own, where it was started again.</summary>
    Kept,

    /// <summary>The session was closed, or the server shut down.</summary>
    SessionClosed,

    /// <summary>The server died, and the task with it.</summary>
    Crashed,
}

/// <summary>Live output of a background task.</summary>
/// <param name="TaskId">The task.</param>
/// <param name="Offset">Where the piece starts, in UTF-16 code units of what the task has said since it is one.</param>
/// <param name="Text">The piece.</param>
public sealed record BackgroundOutput(string TaskId, long Offset, string Text) : TransientEvent;
