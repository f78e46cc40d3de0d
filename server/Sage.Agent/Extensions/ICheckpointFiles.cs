using System.Collections.Immutable;
using Sage.Agent.Checkpoints;
using Sage.Agent.Workspaces;
using Sage.Protocol.Checkpoints;
using Sage.Protocol.Events;

namespace Sage.Agent.Extensions;

/// <summary>
/// Works out what Sage changed in a file, apart from what the user changed there, and takes it back. Port: implemented in Sage.Tools.
/// </summary>
public interface ICheckpointFiles
{
    /// <summary>What is to be reviewed in a file; null when it holds what it held before.</summary>
    Task<PendingFile?> FindPendingAsync(FileScope file, CancellationToken cancellationToken);

    /// <summary>The file as it would be without what is to be reviewed; null when it is no text or did not exist.</summary>
    Task<string?> ReadOriginalAsync(FileScope file, CancellationToken cancellationToken);

    /// <summary>Marks changes as reviewed. Writes nothing in the workspace.</summary>
    /// <returns>Null when none is meant.</returns>
    /// <exception cref="IOException">What there is could not be kept.</exception>
    Task<KeptFile?> KeepAsync(FileScope file, HunkSelection selection, CancellationToken cancellationToken);

    /// <summary>What taking back would do. Writes nothing.</summary>
    /// <returns>Null when there is nothing to do.</returns>
    Task<RestorableFile?> PreviewAsync(FileScope file, HunkSelection selection, CancellationToken cancellationToken);

    /// <summary>Takes changes back. What the user changed since stays, unless it is to be overwritten.</summary>
    Task<FileRestoration> RestoreAsync(
        FileScope file,
        HunkSelection selection,
        bool overwrite,
        CancellationToken cancellationToken
    );
}

/// <summary>A file of a session.</summary>
/// <param name="Workspace">Where it lies.</param>
/// <param name="SessionId">Whose images are meant.</param>
/// <param name="History">What Sage did to it.</param>
public sealed record FileScope(Workspace Workspace, string SessionId, FileHistory History);

/// <summary>Which of the changes to a file are meant.</summary>
public abstract record HunkSelection
{
    private HunkSelection() { }

    /// <summary>All that are to be reviewed.</summary>
    public sealed record Pending : HunkSelection;

    /// <param name="Id">One that is to be reviewed.</param>
    public sealed record One(string Id) : HunkSelection;

    /// <param name="TurnId">Those to be reviewed that this turn made.</param>
    public sealed record OfTurn(string TurnId) : HunkSelection;

    /// <param name="Positions">Whole steps of <see cref="FileHistory.Steps"/>, reviewed or not.</param>
    public sealed record Steps(ImmutableArray<int> Positions) : HunkSelection;
}

/// <summary>What taking back came to.</summary>
/// <param name="Restored">What was changed; null when nothing was.</param>
/// <param name="Left">What was left as it is, and why; null when nothing was.</param>
public sealed record FileRestoration(RestoredFile? Restored, LeftFile? Left = null);
