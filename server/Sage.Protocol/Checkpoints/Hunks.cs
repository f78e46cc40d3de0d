using System.Collections.Immutable;
using MediatR;
using Sage.Protocol.Events;

namespace Sage.Protocol.Checkpoints;

/// <summary><see cref="Methods.ListHunks"/>: what Sage changed in the workspace and the user has neither kept nor undone.</summary>
/// <param name="SessionId">The session.</param>
public sealed record ListHunksParams(string SessionId) : IRequest<ListHunksResult>;

/// <param name="Files">In the order of their paths; without those that hold what they held before.</param>
public sealed record ListHunksResult(ImmutableArray<PendingFile> Files);

/// <summary>A file with changes to review. What the user changed in it since is not among them.</summary>
/// <param name="Path">Relative to the workspace root, with forward slashes.</param>
/// <param name="Kind">What happened to it, all in all.</param>
/// <param name="Added">Lines.</param>
/// <param name="Removed">Lines.</param>
/// <param name="Hunks">In the order of their lines; one for the whole file when it was created, deleted, or is no text.</param>
/// <param name="Problem">Why its changes cannot be shown or undone, in words; then there are no hunks.</param>
public sealed record PendingFile(
    string Path,
    FileChangeKind Kind,
    int Added,
    int Removed,
    ImmutableArray<PendingHunk> Hunks,
    string? Problem = null
);

/// <summary>A change to review.</summary>
/// <param name="Id">Names it until the file changes there.</param>
/// <param name="OldStart">0-based line in the original.</param>
/// <param name="OldLines">Lines of the original that it replaces.</param>
/// <param name="NewStart">0-based line in the file as it is now.</param>
/// <param name="NewLines">Lines of the file that it made.</param>
/// <param name="TurnId">The turn that made it, the last of several.</param>
/// <param name="CallId">The tool call that made it, the last of several.</param>
/// <param name="Edited">True when the user has changed these lines too.</param>
public sealed record PendingHunk(
    string Id,
    int OldStart,
    int OldLines,
    int NewStart,
    int NewLines,
    string TurnId,
    string CallId,
    bool Edited = false
);

/// <summary><see cref="Methods.ReadOriginal"/>: a file as it would be without the changes to review.</summary>
/// <param name="SessionId">The session.</param>
/// <param name="Path">As in <see cref="PendingFile"/>.</param>
public sealed record ReadOriginalParams(string SessionId, string Path) : IRequest<ReadOriginalResult>;

/// <param name="Text">Absent when the file did not exist, is no text, or has nothing to review.</param>
public sealed record ReadOriginalResult(string? Text = null);

/// <summary>
/// <see cref="Methods.KeepHunks"/>: what is named here is reviewed, and stays. Nothing named is everything. Fails with
/// <see cref="ErrorCodes.StaleHunk"/> when the file has changed there.
/// </summary>
/// <param name="SessionId">The session.</param>
/// <param name="Path">Only in this file.</param>
/// <param name="HunkId">Only this one; with <paramref name="Path"/>.</param>
/// <param name="TurnId">Only what this turn changed.</param>
public sealed record KeepHunksParams(
    string SessionId,
    string? Path = null,
    string? HunkId = null,
    string? TurnId = null
) : IRequest<Done>;

/// <summary>
/// <see cref="Methods.UndoHunks"/>: takes back what is named here; nothing named is everything. What the user changed since stays.
/// Fails with <see cref="ErrorCodes.StaleHunk"/> when the file has changed there. Can be redone.
/// </summary>
/// <param name="SessionId">The session.</param>
/// <param name="Path">Only in this file.</param>
/// <param name="HunkId">Only this one; with <paramref name="Path"/>.</param>
/// <param name="TurnId">Only what this turn changed.</param>
/// <param name="Reason">Told to the model.</param>
/// <param name="Overwrite">True takes back also lines that the user has changed since.</param>
public sealed record UndoHunksParams(
    string SessionId,
    string? Path = null,
    string? HunkId = null,
    string? TurnId = null,
    string? Reason = null,
    bool Overwrite = false
) : IRequest<RestoreResult>;
