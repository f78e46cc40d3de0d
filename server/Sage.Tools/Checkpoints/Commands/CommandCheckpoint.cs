using System.Collections.Concurrent;
using System.Collections.Immutable;
using Sage.Agent.Extensions;
using Sage.Agent.ToolCalls;
using Sage.Protocol.Events;
using Sage.Tools.Editing;
using Sage.Tools.Files.Changes;
using Sage.Tools.Files.Disk;

namespace Sage.Tools.Checkpoints.Commands;

/// <summary>The workspace as it was just before a command.</summary>
internal sealed class CommandCheckpoint(
    IFileImages images,
    ToolContext context,
    Dictionary<string, FileStamp> before,
    GitIndex? index,
    ConcurrentDictionary<string, CommandCheckpoints.Copy> copies
)
{
    /// <summary>Files of one command whose changes are recorded one by one.</summary>
    private const int MostChanges = 1_000;

    private const int NamedFiles = 5;
    private const int LargestShown = 512 * 1024;
    private const int LargestObject = 16 * 1024 * 1024;
    private readonly string _root = context.Workspace.Root;
    private readonly ImageKeeper _keeper = new(images, context.SessionId);
    private ImmutableArray<DurableEvent>? _instead;

    /// <summary>Of a folder with more files than can be looked at.</summary>
    /// <param name="isNews">False when the user has been told.</param>
    public static CommandCheckpoint OfTooMuch(IFileImages images, ToolContext context, bool isNews) =>
        new(images, context, [], null, [])
        {
            _instead = isNews
                ?
                [
                    new Notice(
                        "This folder has too many files for Sage to find out what commands change: that cannot be undone here. "
                            + "What Sage edits itself can."
                    ),
                ]
                : [],
        };

    /// <summary>Copies what git does not have, as far as there is room.</summary>
    public async Task CopyAsync(CancellationToken cancellationToken)
    {
        var (bytes, files) = (0L, 0);
        foreach (var (path, stamp) in before)
        {
            var isKept =
                stamp.Size > CommandCheckpoints.LargestCopy
                || index?.Find(path, stamp) is not null
                || (copies.TryGetValue(path, out var copy) && copy.Stamp == stamp);
            if (isKept)
            {
                continue;
            }

            if ((bytes += stamp.Size) > CommandCheckpoints.MostCopied || ++files > CommandCheckpoints.MostFiles)
            {
                return;
            }

            if (await ReadAsync(path, cancellationToken) is { } content)
            {
                await RememberAsync(path, stamp, content, cancellationToken);
            }
        }
    }

    /// <summary>After the command: what it changed, and a word about what could not be kept.</summary>
    public async Task<ImmutableArray<DurableEvent>> FindChangesAsync()
    {
        if (_instead is { } instead)
        {
            return instead;
        }

        var after =
            await Task.Run(() => FileStamps.TryTake(_root, images.Home, int.MaxValue, CancellationToken.None)) ?? [];
        List<string> changed =
        [
            .. before.Where(file => !after.TryGetValue(file.Key, out var now) || now != file.Value).Select(f => f.Key),
            .. after.Keys.Where(path => !before.ContainsKey(path)),
        ];
        if (changed.Count == 0)
        {
            return [];
        }

        changed.Sort(StringComparer.Ordinal);
        var events = ImmutableArray.CreateBuilder<DurableEvent>();
        List<string> lost = [];
        await using var objects = index is null ? null : GitObjects.TryStart(_root);
        foreach (var path in changed.Take(MostChanges))
        {
            if (await DescribeAsync(path, after, objects) is { } change)
            {
                events.Add(change);
                context.Reads.NoteShownChange(Path.Combine(_root, path));
                if (change is { Kind: not FileChangeKind.Created, Before: null })
                {
                    lost.Add(path);
                }
            }
        }

        lost.AddRange(changed.Skip(MostChanges));
        return lost.Count > 0 ? [.. events, new Notice(Explain(lost))] : events.ToImmutable();
    }

    /// <returns>Null when it holds what it held.</returns>
    private async Task<FileChanged?> DescribeAsync(
        string path,
        Dictionary<string, FileStamp> after,
        GitObjects? objects
    )
    {
        var isThere = after.TryGetValue(path, out var now);
        var wasThere = before.TryGetValue(path, out var then);
        var (old, oldImage) = wasThere ? await ReadOldAsync(path, then, objects) : (null, null);
        var content = isThere ? await ReadAsync(path, CancellationToken.None) : null;
        if (old is not null && content is not null && old.AsSpan().SequenceEqual(content))
        {
            return null;
        }

        var newImage = content is null ? null : await _keeper.TryKeepAsync(content, ModeOf(path));
        if (content is not null && newImage is not null)
        {
            copies[path] = new CommandCheckpoints.Copy(now, newImage);
        }

        var kind =
            !wasThere ? FileChangeKind.Created
            : !isThere ? FileChangeKind.Deleted
            : FileChangeKind.Modified;
        var isShown =
            (wasThere ? old : []) is { Length: <= LargestShown }
            && (isThere ? content : []) is { Length: <= LargestShown };
        return new FileChanged(
            context.CallId,
            path,
            kind,
            isShown ? HunksBetween(old ?? [], content ?? []) : [],
            oldImage,
            newImage
        );
    }

    private async Task<(byte[]? Bytes, FileImage? Image)> ReadOldAsync(string path, FileStamp then, GitObjects? objects)
    {
        if (copies.TryGetValue(path, out var copy) && copy.Stamp == then)
        {
            return (await images.ReadAsync(context.SessionId, copy.Image, CancellationToken.None), copy.Image);
        }

        if (
            objects is null
            || index?.Find(path, then) is not { } entry
            || await objects.ReadAsync(index.ObjectOf(entry), LargestObject, CancellationToken.None) is not { } stored
        )
        {
            return (null, null);
        }

        return AsInWorkingTree(stored, then.Size) is { } bytes
            ? (bytes, await _keeper.TryKeepAsync(bytes, entry.Mode))
            : (null, null);
    }

    // git may keep a text with other line endings than it writes; a size that fits neither was made by some filter.
    private static byte[]? AsInWorkingTree(byte[] stored, long size)
    {
        if (stored.Length == size)
        {
            return stored;
        }

        var lines = stored.AsSpan().Count((byte)'\n');
        if (stored.Length + lines != size || stored.AsSpan().Contains((byte)'\r'))
        {
            return null;
        }

        var written = new List<byte>((int)size);
        foreach (var one in stored)
        {
            if (one == '\n')
            {
                written.Add((byte)'\r');
            }

            written.Add(one);
        }

        return [.. written];
    }

    private async Task RememberAsync(string path, FileStamp stamp, byte[] content, CancellationToken cancellationToken)
    {
        if (await _keeper.KeepAsync(content, ModeOf(path), cancellationToken) is { } image)
        {
            copies[path] = new CommandCheckpoints.Copy(stamp, image);
        }
    }

    private async Task<byte[]?> ReadAsync(string path, CancellationToken cancellationToken)
    {
        try
        {
            var file = new FileInfo(Path.Combine(_root, path));
            return file is { Exists: true, Length: <= LargestObject }
                ? await File.ReadAllBytesAsync(file.FullName, cancellationToken)
                : null;
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }

    private int? ModeOf(string path) => new FileInfo(Path.Combine(_root, path)).ModeBits();

    private static ImmutableArray<Hunk> HunksBetween(byte[] old, byte[] now) =>
        (HeldContent.Of(old), HeldContent.Of(now)) is (HeldContent.Text from, HeldContent.Text to)
            ? LineDiff.Between(from.Lf, to.Lf).ToHunks()
            : [];

    private static string Explain(List<string> lost)
    {
        var names = string.Join(", ", lost.Take(NamedFiles));
        var more = lost.Count > NamedFiles ? $" and {lost.Count - NamedFiles} more" : "";
        return $"What this command changed here cannot be undone, because it was too much or too large to be kept: {names}{more}.";
    }
}
