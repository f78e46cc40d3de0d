using System.Collections.Immutable;
using System.Text.Json.Serialization;
using Sage.Protocol.Json;

namespace Sage.Protocol.Events;

/// <summary>The user has reviewed changes, and they stay.</summary>
/// <param name="Files">Each with what is still to be reviewed in it.</param>
public sealed record HunksKept(ImmutableArray<KeptFile> Files) : DurableEvent;

/// <summary>A file after a review.</summary>
/// <param name="Path">Relative to the workspace root, with forward slashes.</param>
/// <param name="Original">The file without the changes still to be reviewed; absent when it did not exist.</param>
/// <param name="Current">The file as it is; absent when it does not exist.</param>
public sealed record KeptFile(string Path, FileImage? Original = null, FileImage? Current = null);

/// <summary>The user has taken back changes, or gone back to an earlier point, or undone just that.</summary>
/// <param name="RestoreId">Unique in the session.</param>
/// <param name="Kind">What they did.</param>
/// <param name="Files">What it changed.</param>
/// <param name="TurnId">Back to before this turn, or only what this turn had changed.</param>
/// <param name="Undoes">The restore that was redone.</param>
/// <param name="Reason">The user's words to the model.</param>
public sealed record FilesRestored(
    string RestoreId,
    RestoreKind Kind,
    ImmutableArray<RestoredFile> Files,
    string? TurnId = null,
    string? Undoes = null,
    string? Reason = null
) : DurableEvent;

/// <summary>A file that was taken back.</summary>
/// <param name="Path">Relative to the workspace root, with forward slashes.</param>
/// <param name="Kind">What happened to it.</param>
/// <param name="Hunks">What changed; empty for what is no text.</param>
/// <param name="Before">What it held; absent when it did not exist.</param>
/// <param name="After">What it holds now; absent when it does not exist.</param>
public sealed record RestoredFile(
    string Path,
    FileChangeKind Kind,
    ImmutableArray<Hunk> Hunks,
    FileImage? Before = null,
    FileImage? After = null
);

/// <summary>What the user did to go back.</summary>
[JsonConverter(typeof(CamelCaseEnumConverter<RestoreKind>))]
public enum RestoreKind
{
    /// <summary>Changes that were to be reviewed were taken back.</summary>
    Undone,

    /// <summary>The files went back to an earlier point of the session.</summary>
    Restored,

    /// <summary>One of these was taken back itself.</summary>
    Redone,
}
