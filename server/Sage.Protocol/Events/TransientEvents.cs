using System.Collections.Immutable;
using Sage.Protocol.Runtime;

namespace Sage.Protocol.Events;

/// <param name="ReplyId">The reply that grows.</param>
/// <param name="Offset">Where the piece starts, in UTF-16 code units of the reply's text.</param>
/// <param name="Text">The piece.</param>
public sealed record TextDelta(string ReplyId, int Offset, string Text) : TransientEvent;

/// <summary>Like <see cref="TextDelta"/>, for a reply inside a sub-agent.</summary>
/// <param name="CallId">The call that runs the sub-agent.</param>
/// <param name="ReplyId">The reply that grows; of the sub-agent.</param>
/// <param name="Offset">Where the piece starts, in UTF-16 code units of the reply's text.</param>
/// <param name="Text">The piece.</param>
public sealed record SubagentDelta(string CallId, string ReplyId, int Offset, string Text) : TransientEvent;

/// <summary>Like <see cref="TextDelta"/>, for the model's reasoning.</summary>
public sealed record ReasoningDelta(string ReplyId, int Offset, string Text) : TransientEvent;

/// <summary>A piece of a call's arguments, as the model writes them.</summary>
/// <param name="CallId">The call.</param>
/// <param name="Name">The tool's name.</param>
/// <param name="Delta">A piece of JSON text.</param>
public sealed record ToolCallDelta(string CallId, string Name, string Delta) : TransientEvent;

/// <summary>Live output of a running call.</summary>
/// <param name="CallId">The call.</param>
/// <param name="Offset">Where the piece starts, in UTF-16 code units of the call's output.</param>
/// <param name="Text">The piece.</param>
public sealed record ToolOutput(string CallId, long Offset, string Text) : TransientEvent;

/// <summary>A call is done. Its <see cref="ToolCallEnded"/> follows in call order, when every earlier call has one.</summary>
public sealed record ToolCallSettled(string CallId, ToolCallStatus Status, long DurationMs) : TransientEvent;

/// <summary>A model request failed and will be sent again.</summary>
/// <param name="Attempt">1 for the first retry.</param>
/// <param name="DelayMs">Milliseconds until it is sent.</param>
/// <param name="Reason">For people: <c>The provider is overloaded (529)</c>.</param>
public sealed record Retrying(int Attempt, long DelayMs, string Reason) : TransientEvent;

/// <summary>The conversation is being summarised; <see cref="Compacted"/> follows, unless it is cancelled.</summary>
/// <param name="Reason">Why.</param>
public sealed record Compacting(CompactionReason Reason) : TransientEvent;

/// <summary>The turn was told to stop.</summary>
/// <param name="Work">What ran at that moment; a parent stands before its parts.</param>
public sealed record Stopping(ImmutableArray<RunningWork> Work) : TransientEvent;

/// <summary>One thing went quiet after a stop. <see cref="TurnEnded.Stopped"/> repeats all of them.</summary>
/// <param name="What">For people.</param>
/// <param name="How">For example <c>cancelled</c>, <c>ended by SIGTERM</c>, <c>killed</c>.</param>
/// <param name="Ms">Milliseconds from the stop to its end.</param>
/// <param name="Id">The work in <see cref="Stopping"/>; absent for what was not listed there, such as a grandchild process.</param>
/// <param name="ParentId">The work it was a part of.</param>
public sealed record WorkStopped(string What, string How, long Ms, long? Id = null, long? ParentId = null)
    : TransientEvent;
