using System.Collections.Immutable;
using MediatR;
using Sage.Protocol.Events;

namespace Sage.Protocol.Checkpoints;

/// <summary><see cref="Methods.ListCheckpoints"/>: the points of a session that its files can be taken back to.</summary>
/// <param name="SessionId">The session.</param>
public sealed record ListCheckpointsParams(string SessionId) : IRequest<ListCheckpointsResult>;

/// <param name="Checkpoints">One before each turn, oldest first.</param>
/// <param name="Redoable">What was undone or restored last and not redone: <see cref="Methods.RedoRestore"/>. Absent when there is nothing.</param>
public sealed record ListCheckpointsResult(ImmutableArray<Checkpoint> Checkpoints, string? Redoable = null);

/// <summary>The files as they were before a turn.</summary>
/// <param name="TurnId">The turn.</param>
/// <param name="Prompt">The start of the user's words.</param>
/// <param name="Files">How many files this turn changed.</param>
public sealed record Checkpoint(string TurnId, string Prompt, int Files);

/// <summary><see cref="Methods.PreviewRestore"/>: what restoring would do now. Changes nothing.</summary>
/// <param name="SessionId">The session.</param>
/// <param name="TurnId">Back to before this turn.</param>
public sealed record PreviewRestoreParams(string SessionId, string TurnId) : IRequest<PreviewRestoreResult>;

/// <param name="Files">Those that would change, in the order of their paths.</param>
public sealed record PreviewRestoreResult(ImmutableArray<RestorableFile> Files);

/// <summary>What restoring would do to a file.</summary>
/// <param name="Path">Relative to the workspace root, with forward slashes.</param>
/// <param name="Kind">What would happen to it: <c>deleted</c> for one that Sage created.</param>
/// <param name="Hunks">What would change; empty for what is no text.</param>
/// <param name="Conflicts">How many places the user has changed as well: they stay unless they are to be overwritten.</param>
/// <param name="Problem">Why it would be left as it is, in words.</param>
public sealed record RestorableFile(
    string Path,
    FileChangeKind Kind,
    ImmutableArray<Hunk> Hunks,
    int Conflicts = 0,
    string? Problem = null
);

/// <summary>
/// <see cref="Methods.Restore"/>: takes the files that Sage changed back to before a turn. What the user changed since stays, and so
/// does every other file. Fails with <see cref="ErrorCodes.TurnRunning"/> while a turn runs. Can be redone.
/// </summary>
/// <param name="SessionId">The session.</param>
/// <param name="TurnId">Back to before this turn.</param>
/// <param name="Overwrite">True takes back also places that the user has changed since.</param>
public sealed record RestoreParams(string SessionId, string TurnId, bool Overwrite = false) : IRequest<RestoreResult>;

/// <summary><see cref="Methods.RedoRestore"/>: takes back the last undo or restore, or the one that is named.</summary>
/// <param name="SessionId">The session.</param>
/// <param name="RestoreId">From <see cref="RestoreResult"/>.</param>
/// <param name="Overwrite">True takes back also places that the user has changed since.</param>
public sealed record RedoRestoreParams(string SessionId, string? RestoreId = null, bool Overwrite = false)
    : IRequest<RestoreResult>;

/// <summary>What was undone, restored or redone.</summary>
/// <param name="RestoreId">Names it, for redoing; absent when nothing had to be changed.</param>
/// <param name="Files">The files that were changed.</param>
/// <param name="Left">Files, or places in them, that were left as they are.</param>
public sealed record RestoreResult(
    ImmutableArray<string> Files,
    ImmutableArray<LeftFile> Left,
    string? RestoreId = null
);

/// <param name="Path">Relative to the workspace root.</param>
/// <param name="Conflicts">How many places the user has changed as well; 0 when it was left for another reason.</param>
/// <param name="Reason">For people.</param>
public sealed record LeftFile(string Path, int Conflicts, string Reason);
