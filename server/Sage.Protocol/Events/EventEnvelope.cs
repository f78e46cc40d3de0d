namespace Sage.Protocol.Events;

/// <summary>One event on the wire: the parameters of <c>sage/event</c>, and one line of <c>sage exec --json</c>.</summary>
/// <param name="SessionId">The session it belongs to.</param>
/// <param name="Event">What happened.</param>
/// <param name="Seq">Gap-free from 1 for durable events; absent for transient ones.</param>
/// <param name="At">When a durable event was written (UTC).</param>
public sealed record EventEnvelope(string SessionId, SessionEvent Event, long? Seq = null, DateTimeOffset? At = null);
