using System.Collections.Immutable;
using Sage.Agent.ToolCalls;
using Sage.Protocol.Events;

namespace Sage.Tools.Files.Changes;

/// <summary>A change of one file that is worked out: it can be shown, made, and taken back as long as its call runs.</summary>
internal abstract class FileChange
{
    /// <summary>As messages name it.</summary>
    public abstract string Shown { get; }

    /// <summary>The files that are changed; no two changes of a call may share one.</summary>
    public abstract ImmutableArray<string> RealPaths { get; }

    /// <summary>What would change; a move is a deletion and a creation.</summary>
    public abstract ImmutableArray<FileDiff> Previews { get; }

    /// <summary>Keeps what is about to go, so that it can be had back.</summary>
    /// <exception cref="IOException">It could not be kept.</exception>
    public abstract Task KeepAsync(ImageKeeper images, CancellationToken cancellationToken);

    /// <summary>Makes the change, or changes nothing: then it answers false when the file is no longer what it was, or throws.</summary>
    public abstract Task<bool> TryMakeAsync(CancellationToken cancellationToken);

    /// <summary>Takes back what was made.</summary>
    /// <exception cref="IOException">It could not be taken back.</exception>
    public abstract Task PutBackAsync();

    /// <summary>Ends what was made and tells of it.</summary>
    public abstract Task<ChangeReport> FinishAsync(
        ToolContext context,
        ImageKeeper images,
        CancellationToken cancellationToken
    );
}

/// <param name="Text">What the model reads.</param>
/// <param name="Events">What is journalled.</param>
internal sealed record ChangeReport(string Text, ImmutableArray<DurableEvent> Events);

/// <summary>The changes of a call, or why it cannot be made.</summary>
internal sealed record ChangePlan(ImmutableArray<FileChange> Changes, ToolResult? Error = null)
{
    public static ChangePlan Failed(ToolResult error) => new([], error);

    public static ChangePlan Failed(string error) => Failed(ToolResult.Error(error));
}
