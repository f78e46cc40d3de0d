namespace Sage.Tools.Files.Disk;

/// <summary>
/// Replaces whole files at once: readers see the old bytes or the new ones, also after a crash. Only a file that has other
/// names, or an owner that a new file would not get, is written over where it is.
/// </summary>
internal static class AtomicFile
{
    /// <param name="path">The real file, not a link to it. Its folder is created when missing; its mode is kept.</param>
    /// <exception cref="UnauthorizedAccessException">The file is read-only.</exception>
    public static async Task WriteAsync(string path, byte[] bytes, CancellationToken cancellationToken)
    {
        var existing = new FileInfo(path);
        if (existing.Exists && existing.IsReadOnly)
        {
            throw new UnauthorizedAccessException($"{path} is read-only.");
        }

        var status = existing.Exists ? FileStatus.Of(path) : null;
        await (
            status is { Links: > 1 }
                ? InPlaceFile.WriteAsync(path, bytes, cancellationToken)
                : ReplaceAsync(existing, status, bytes, cancellationToken)
        );
    }

    private static async Task ReplaceAsync(
        FileInfo existing,
        FileStatus? status,
        byte[] bytes,
        CancellationToken cancellationToken
    )
    {
        Directory.CreateDirectory(existing.DirectoryName!);
        using var folder = PinnedFolder.Of(existing.FullName);
        await folder.DoAsync(() => ReplaceAsync(folder, existing, status, bytes, cancellationToken));
    }

    private static async Task ReplaceAsync(
        PinnedFolder folder,
        FileInfo existing,
        FileStatus? status,
        byte[] bytes,
        CancellationToken cancellationToken
    )
    {
        var path = existing.FullName;
        var temporary = folder[$".{Path.GetRandomFileName()}.sage-tmp"];
        try
        {
            await using (var stream = new FileStream(temporary, existing.OptionsForOneLike()))
            {
                await stream.WriteAsync(bytes, cancellationToken);
                stream.Flush(flushToDisk: true);
            }

            if (!OperatingSystem.IsWindows() && existing.Exists)
            {
                // Again, because the mode of a new file passes the process's mask.
                File.SetUnixFileMode(temporary, existing.UnixFileMode);
            }

            cancellationToken.ThrowIfCancellationRequested();
            if (status is { } known && FileStatus.Of(temporary) is { } fresh && !fresh.BelongsLike(known))
            {
                await InPlaceFile.WriteAsync(path, bytes, cancellationToken);
                File.Delete(temporary);
            }
            else
            {
                File.Move(temporary, folder[path], overwrite: true);
            }
        }
        catch
        {
            File.Delete(temporary);
            throw;
        }
    }
}
