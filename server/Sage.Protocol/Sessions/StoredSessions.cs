using System.Collections.Immutable;
using System.Text.Json.Serialization;
using MediatR;
using Sage.Protocol.Events;
using Sage.Protocol.Json;

namespace Sage.Protocol.Sessions;

/// <summary><see cref="Methods.RenameSession"/>: the name holds, whatever a model would call it.</summary>
/// <param name="SessionId">The session.</param>
/// <param name="Title">One line, at most 80 characters.</param>
public sealed record RenameSessionParams(string SessionId, string Title) : IRequest<Done>;

/// <summary>
/// <see cref="Methods.DeleteSession"/>: puts it into the trash, with its spilled outputs and its checkpoints; it stays there for
/// 30 days. Fails with <see cref="ErrorCodes.TurnRunning"/> while a turn runs, and with
/// <see cref="ErrorCodes.SessionReadOnly"/> while another window has it.
/// </summary>
/// <param name="SessionId">The session.</param>
public sealed record DeleteSessionParams(string SessionId) : IRequest<Done>;

/// <summary><see cref="Methods.RestoreSession"/>: takes it out of the trash again.</summary>
/// <param name="SessionId">The session.</param>
public sealed record RestoreSessionParams(string SessionId) : IRequest<Done>;

/// <summary>
/// <see cref="Methods.ForkSession"/>: a new session that begins like this one. The other stays as it is. What waited in the queue
/// and what runs in the background stays with the other.
/// </summary>
/// <param name="SessionId">The session.</param>
/// <param name="AtSeq">
/// The event to fork at. The start of a turn: the fork ends before it. Any other: the fork ends with the turn that the event belongs
/// to, which must have ended. Null: the fork holds every turn that has ended.
/// </param>
public sealed record ForkSessionParams(string SessionId, long? AtSeq = null) : IRequest<ForkSessionResult>;

/// <param name="SessionId">The new session.</param>
/// <param name="Title">Its name.</param>
public sealed record ForkSessionResult(string SessionId, string Title);

/// <summary><see cref="Methods.ExportSession"/>.</summary>
/// <param name="SessionId">The session.</param>
/// <param name="Format">For people, or for <see cref="Methods.ImportSession"/>.</param>
public sealed record ExportSessionParams(string SessionId, ExportFormat Format) : IRequest<ExportSessionResult>;

[JsonConverter(typeof(CamelCaseEnumConverter<ExportFormat>))]
public enum ExportFormat
{
    /// <summary>To be read: prompts, replies, calls with their results folded away, changes.</summary>
    Markdown,

    /// <summary>An <see cref="ExportedSession"/>.</summary>
    Json,
}

/// <param name="Text">The whole export.</param>
/// <param name="FileName">A name that fits it, without a folder.</param>
public sealed record ExportSessionResult(string Text, string FileName);

/// <summary>A session as a file: what <see cref="ExportFormat.Json"/> writes and <see cref="Methods.ImportSession"/> reads.</summary>
/// <param name="Format">Always <c>sage-session</c>.</param>
/// <param name="Title">What it is called.</param>
/// <param name="Events">All durable ones, numbered from 1 without gaps.</param>
public sealed record ExportedSession(string Format, string Title, ImmutableArray<EventEnvelope> Events)
{
    public const string TheFormat = "sage-session";
}

/// <summary>
/// <see cref="Methods.ImportSession"/>: makes a new session of an export, in this workspace. Nothing it says was granted holds
/// here.
/// </summary>
/// <param name="Text">An <see cref="ExportedSession"/> as JSON.</param>
public sealed record ImportSessionParams(string Text) : IRequest<ImportSessionResult>;

/// <param name="SessionId">The new session.</param>
public sealed record ImportSessionResult(string SessionId);

/// <summary><see cref="Methods.SearchSessions"/>: in titles, prompts and replies of the workspace's sessions.</summary>
/// <param name="Query">Words that all have to be there, in any case and order.</param>
/// <param name="Limit">At most this many sessions, newest first.</param>
public sealed record SearchSessionsParams(string Query, int Limit = 50) : IRequest<SearchSessionsResult>;

public sealed record SearchSessionsResult(ImmutableArray<SessionMatch> Matches);

/// <summary>A session in which the words were found.</summary>
/// <param name="SessionId">The session.</param>
/// <param name="Title">What it is called.</param>
/// <param name="Snippet">One line around the first of the words.</param>
/// <param name="Seq">The newest prompt or reply that has them; 0 when only the title does.</param>
/// <param name="UpdatedAt">When its last event was written.</param>
public sealed record SessionMatch(string SessionId, string Title, string Snippet, long Seq, DateTimeOffset UpdatedAt);
