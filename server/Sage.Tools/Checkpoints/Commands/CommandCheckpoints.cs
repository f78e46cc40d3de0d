using System.Collections.Concurrent;
using Sage.Agent.Extensions;
using Sage.Agent.ToolCalls;
using Sage.Protocol.Events;

namespace Sage.Tools.Checkpoints.Commands;

/// <summary>
/// Finds out what a command changes in the workspace and keeps what was there, so that it can be taken back: what git has anyway is
/// not copied, other files up to a size are. Looks at no file that version control ignores, and never writes to a repository.
/// </summary>
public sealed class CommandCheckpoints(IFileImages images)
{
    /// <summary>Files that are larger are copied for no command.</summary>
    internal const int LargestCopy = 1024 * 1024;

    /// <summary>Bytes that are read to be copied before one command, and files.</summary>
    internal const long MostCopied = 64L * 1024 * 1024;

    internal const int MostFiles = 5_000;

    // No file has this name.
    private const string TooMuch = "\0";

    private readonly ConcurrentDictionary<string, ConcurrentDictionary<string, Copy>> _copies = new(
        StringComparer.Ordinal
    );

    private readonly ConcurrentDictionary<string, WeakReference<GitIndex>> _indexes = new(StringComparer.Ordinal);

    /// <summary>Files of a workspace that are looked at before and after each command. More would make every command wait.</summary>
    internal int MostLookedAt { get; init; } = 300_000;

    /// <summary>Just before the command starts.</summary>
    /// <exception cref="IOException">What is there could not be kept.</exception>
    internal Task<CommandCheckpoint> BeginAsync(ToolContext context, CancellationToken cancellationToken)
    {
        context.Reads.NoteCommand();
        var root = context.Workspace.Root;
        var known = _copies.GetOrAdd(
            $"{context.SessionId}\0{root}",
            static _ => new ConcurrentDictionary<string, Copy>(StringComparer.Ordinal)
        );
        return Task.Run(
            async () =>
            {
                if (FileStamps.TryTake(root, images.Home, MostLookedAt, cancellationToken) is not { } stamps)
                {
                    return CommandCheckpoint.OfTooMuch(images, context, isNews: known.TryAdd(TooMuch, default));
                }

                var index = ReadIndex(root);
                var checkpoint = new CommandCheckpoint(images, context, stamps, index, known);
                await checkpoint.CopyAsync(cancellationToken);
                return checkpoint;
            },
            cancellationToken
        );
    }

    // Between two commands it seldom changes; when memory is wanted, it is read again.
    private GitIndex? ReadIndex(string root)
    {
        var index = GitIndex.TryRead(
            root,
            _indexes.TryGetValue(root, out var last) && last.TryGetTarget(out var read) ? read : null
        );
        if (index is not null)
        {
            _indexes[root] = new WeakReference<GitIndex>(index);
        }

        return index;
    }

    /// <summary>A file that was copied.</summary>
    /// <param name="Stamp">What it was then.</param>
    /// <param name="Image">Its content.</param>
    internal readonly record struct Copy(FileStamp Stamp, FileImage Image);
}
