namespace Sage.Protocol.Events;

/// <summary>
/// Something happened inside a sub-agent: its own turn, replies, calls and their results. Files that it changes are told as
/// plain <see cref="FileChanged"/>: these belong to the turn that started it. When the call has its result, whatever is open
/// inside was cut off; for one in the background, when its <see cref="BackgroundEnded"/> has come.
/// </summary>
/// <param name="CallId">The call that runs the sub-agent.</param>
/// <param name="Event">A durable event of its own, never another one of this type.</param>
public sealed record SubagentEvent(string CallId, SessionEvent Event) : DurableEvent;
