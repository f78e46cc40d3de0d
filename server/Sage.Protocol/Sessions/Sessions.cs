using System.Collections.Immutable;
using MediatR;
using Sage.Protocol.Events;

namespace Sage.Protocol.Sessions;

/// <summary><see cref="Methods.CreateSession"/>.</summary>
public sealed record CreateSessionParams : IRequest<CreateSessionResult>;

public sealed record CreateSessionResult(string SessionId);

/// <summary><see cref="Methods.ListSessions"/>.</summary>
/// <param name="Limit">At most this many, newest first.</param>
/// <param name="Query">Words that all have to be in the title, in any case and order; null for every session.</param>
/// <param name="Everywhere">Also the sessions of folders that are gone: moved, renamed or deleted. Opening one brings it here.</param>
/// <param name="Deleted">Those of this folder that are in the trash, and no others.</param>
public sealed record ListSessionsParams(
    int Limit = 200,
    string? Query = null,
    bool Everywhere = false,
    bool Deleted = false
) : IRequest<ListSessionsResult>;

public sealed record ListSessionsResult(ImmutableArray<SessionSummary> Sessions);

/// <param name="SessionId">Opaque.</param>
/// <param name="Title">The name it was given, else the start of the first prompt; empty for a session nobody has used.</param>
/// <param name="UpdatedAt">When its last event was written.</param>
/// <param name="Running">True while a turn runs in this process.</param>
/// <param name="ForkedFrom">Where it was forked off.</param>
/// <param name="ChangedFiles">How many files its calls changed; null when that would have to be counted first.</param>
/// <param name="Workspace">The folder it belongs to, where that is gone; null for the sessions of this folder.</param>
public sealed record SessionSummary(
    string SessionId,
    string Title,
    DateTimeOffset UpdatedAt,
    bool Running = false,
    ForkOrigin? ForkedFrom = null,
    int? ChangedFiles = null,
    string? Workspace = null
);

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

/// <summary>
/// <see cref="Methods.OpenSession"/>: the newest durable events from <paramref name="FromSeq"/> on, then the partial text in
/// flight. Of a long session older ones are left out: the first that is given has a higher number, and
/// <see cref="Methods.PageSession"/> gives those before it.
/// </summary>
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
/// <param name="ReadOnly">
/// True when another window has the session: whatever would change it is refused with <see cref="ErrorCodes.SessionReadOnly"/>.
/// No events of it are streamed here; open it again to see what is new, or to find it free.
/// </param>
public sealed record OpenSessionResult(
    string SessionId,
    ImmutableArray<EventEnvelope> Events,
    bool Running,
    bool Suspended = false,
    bool ReadOnly = false
);

/// <summary><see cref="Methods.PageSession"/>: the durable events that lie before those the client has.</summary>
/// <param name="SessionId">The session.</param>
/// <param name="BeforeSeq">The number of the oldest event the client has.</param>
/// <param name="Limit">At most so many; fewer when they are long.</param>
public sealed record PageSessionParams(string SessionId, long BeforeSeq, int Limit = 1000)
    : IRequest<PageSessionResult>;

/// <param name="Events">In order. There are more before them unless the first is number 1, or there is none.</param>
public sealed record PageSessionResult(ImmutableArray<EventEnvelope> Events);
