using System.Collections.Immutable;
using MediatR;
using Sage.Protocol.Events;

namespace Sage.Protocol.BackgroundWork;

/// <summary><see cref="Methods.ListBackground"/>.</summary>
/// <param name="SessionId">The session.</param>
public sealed record ListBackgroundParams(string SessionId) : IRequest<ListBackgroundResult>;

/// <param name="Tasks">In the order in which they were started; those that ended long ago are left out.</param>
public sealed record ListBackgroundResult(ImmutableArray<BackgroundTaskSummary> Tasks);

/// <param name="TaskId">Unique in the session.</param>
/// <param name="CallId">The call that started it.</param>
/// <param name="Title">The command, or the task of a sub-agent, in one line.</param>
/// <param name="StartedAt">UTC.</param>
/// <param name="How">Why it ended; absent while it runs.</param>
/// <param name="ExitCode">Of its command; absent while it runs and when a signal ended it.</param>
/// <param name="Subagent">The kind of sub-agent that it is; absent for a command.</param>
public sealed record BackgroundTaskSummary(
    string TaskId,
    string CallId,
    string Title,
    DateTimeOffset StartedAt,
    BackgroundEndHow? How = null,
    int? ExitCode = null,
    string? Subagent = null
);

/// <summary><see cref="Methods.StopBackground"/>: answers when the task and everything it started have ended.</summary>
/// <param name="SessionId">The session.</param>
/// <param name="TaskId">The task. Stopping it a second time kills it at once; stopping what has ended does nothing.</param>
public sealed record StopBackgroundParams(string SessionId, string TaskId) : IRequest<Done>;

/// <summary>
/// <see cref="Methods.KeepBackground"/>: ends the task here, and answers how the user goes on with it, in a terminal of their
/// own, when everything it had started has ended. It starts from the beginning there.
/// </summary>
/// <param name="SessionId">The session.</param>
/// <param name="TaskId">The task, which must run and be a command.</param>
public sealed record KeepBackgroundParams(string SessionId, string TaskId) : IRequest<KeepBackgroundResult>;

/// <param name="Shell">The program that ran the command.</param>
/// <param name="Command">The whole command line, for that shell.</param>
/// <param name="Folder">Where it ran: an absolute path.</param>
public sealed record KeepBackgroundResult(string Shell, string Command, string Folder);

/// <summary><see cref="Methods.ReadBackgroundOutput"/>.</summary>
/// <param name="SessionId">The session.</param>
/// <param name="TaskId">The task.</param>
public sealed record ReadBackgroundOutputParams(string SessionId, string TaskId) : IRequest<ReadBackgroundOutputResult>;

/// <summary>The end of what a task has said; <see cref="BackgroundOutput"/> events go on from there.</summary>
/// <param name="Offset">Where the text starts, in UTF-16 code units of what the task has said since it is one.</param>
/// <param name="Text">At most 64 K code units.</param>
public sealed record ReadBackgroundOutputResult(long Offset, string Text);

/// <summary><see cref="Methods.MoveToBackground"/>: lets a running command go on while the turn does.</summary>
/// <param name="SessionId">The session.</param>
/// <param name="CallId">The call whose command runs.</param>
public sealed record MoveToBackgroundParams(string SessionId, string CallId) : IRequest<MoveToBackgroundResult>;

/// <param name="TaskId">The task that the command has become.</param>
public sealed record MoveToBackgroundResult(string TaskId);
