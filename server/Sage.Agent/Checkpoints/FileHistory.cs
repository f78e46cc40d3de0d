using System.Collections.Immutable;
using Sage.Protocol.Events;

namespace Sage.Agent.Checkpoints;

/// <summary>What a file was at one moment.</summary>
/// <param name="Exists">False when there was no such file.</param>
/// <param name="Image">What it held; null also when that could not be kept.</param>
public sealed record FileMoment(bool Exists, FileImage? Image)
{
    public static FileMoment Of(FileImage? image) => new(image is not null, image);
}

/// <summary>One change that Sage made to a file, or took back.</summary>
/// <param name="Source">The tool call, or the restore.</param>
/// <param name="TurnId">The turn it belongs to; for a restore, the last one before it.</param>
/// <param name="IsRestore">True when the user took something back.</param>
/// <param name="Before">The file just before.</param>
/// <param name="After">The file just after.</param>
public sealed record FileStep(string Source, string TurnId, bool IsRestore, FileMoment Before, FileMoment After);

/// <summary>Everything Sage did to one file in a session, and from where on it is to be reviewed.</summary>
/// <param name="Path">Relative to the workspace root, with forward slashes.</param>
/// <param name="Steps">In order. What the user did lies between one's end and the next one's beginning.</param>
/// <param name="Reviewed">How many of them were there at the last review.</param>
/// <param name="Original">At the last review: the file without what was still to be reviewed. Null before the first.</param>
/// <param name="Current">At the last review: the file as it was. Null before the first.</param>
public sealed record FileHistory(
    string Path,
    ImmutableArray<FileStep> Steps,
    int Reviewed = 0,
    FileMoment? Original = null,
    FileMoment? Current = null
)
{
    /// <summary>False when the user has reviewed all there is.</summary>
    public bool MayBePending => Reviewed < Steps.Length || Original?.Image?.Hash != Current?.Image?.Hash;

    /// <summary>The positions of the steps that are meant.</summary>
    public ImmutableArray<int> Where(Func<FileStep, bool> isMeant) =>
        [.. Enumerable.Range(0, Steps.Length).Where(position => isMeant(Steps[position]))];
}
