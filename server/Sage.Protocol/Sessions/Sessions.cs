using System.Collections.Immutable;
using MediatR;
using Sage.Protocol.Events;

namespace Sage.Protocol.Sessions;

/// <summary><see cref="Methods.CreateSession"/>.</summary>
public sealed record CreateSessionParams : IRequest<CreateSessionResult>;

public sealed record CreateSessionResult(string SessionId);

/// <summary><see cref="Methods.ListSessions"/>.</summary>
/// <param name="Limit">At most this many, newest first.</param>
public sealed record ListSessionsParams(int Limit = 200) : IRequest<ListSessionsResult>;

public sealed record ListSessionsResult(ImmutableArray<SessionSummary> Sessions);

/// <param name="SessionId">Opaque.</param>
/// <param name="Title">The start of the first prompt; empty for a session nobody has used.</param>
/// <param name="UpdatedAt">When its last event was written.</param>
/// <param name="Running">True while a turn runs in this process.</param>
public sealed record SessionSummary(string SessionId, string Title, DateTimeOffset UpdatedAt, bool Running = false);

/// <summary>
/// <see cref="Methods.CompactSession"/>: makes the conversation shorter now, as happens by itself when the model's context is nearly
/// full. Fails with <see cref="ErrorCodes.TurnRunning"/> while a turn runs. Cancel it with <c>$/cancelRequest</c>.
/// </summary>
/// <param name="SessionId">The session.</param>
public sealed record CompactSessionParams(string SessionId) : IRequest<CompactSessionResult>;

/// <param name="Compacted">False when there was nothing to leave out.</param>
/// <param name="TokensBefore">About.</param>
/// <param name="TokensAfter">About.</param>
public sealed record CompactSessionResult(bool Compacted, long TokensBefore, long TokensAfter);

/// <summary><see cref="Methods.OpenSession"/>: the durable events from <paramref name="FromSeq"/> on, then the partial text in flight.</summary>
/// <param name="SessionId">The session.</param>
/// <param name="FromSeq">The first sequence number wanted; 1 is the start.</param>
public sealed record OpenSessionParams(string SessionId, long FromSeq = 1) : IRequest<OpenSessionResult>;

/// <param name="SessionId">The session.</param>
/// <param name="Events">In order; the durable ones first, then transient ones that rebuild what is in flight.</param>
/// <param name="Running">True while a turn runs.</param>
/// <param name="Suspended">
/// True when a crash cut off a turn that asked the user: <see cref="Methods.ResumeTurn"/> asks again and goes on with it,
/// a new turn closes it.
/// </param>
public sealed record OpenSessionResult(
    string SessionId,
    ImmutableArray<EventEnvelope> Events,
    bool Running,
    bool Suspended = false
);
