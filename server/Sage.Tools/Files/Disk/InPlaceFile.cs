namespace Sage.Tools.Files.Disk;

/// <summary>
/// Writes over a file that has to stay the same file, with its other names and its owner. A copy stands beside it until
/// the new bytes are on the disk, and is put back when they cannot be.
/// </summary>
internal static class InPlaceFile
{
    /// <param name="path">An existing file.</param>
    public static Task WriteAsync(string path, byte[] bytes, CancellationToken cancellationToken) =>
        WriteAsync(path, stream => stream.WriteAsync(bytes, CancellationToken.None).AsTask(), cancellationToken);

    /// <param name="path">An existing file.</param>
    /// <param name="write">Writes all of the new bytes. Not cancelled: half a file is worse than a late stop.</param>
    /// <exception cref="IOException">The file is as it was, or the message names the copy.</exception>
    internal static async Task WriteAsync(
        string path,
        Func<FileStream, Task> write,
        CancellationToken cancellationToken
    )
    {
        cancellationToken.ThrowIfCancellationRequested();
        var copy = Path.Combine(
            Path.GetDirectoryName(path)!,
            $".{Path.GetFileName(path)}.{Path.GetRandomFileName()}.sage-backup"
        );
        await CopyAsync(path, copy);
        try
        {
            await ReplaceAsync(path, write);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            await PutBackAsync(path, copy, e);
            throw;
        }

        RealFile.Delete(copy);
    }

    private static async Task PutBackAsync(string path, string copy, Exception reason)
    {
        try
        {
            await using (var old = new FileStream(RealFile.OpenRead(copy), FileAccess.Read, bufferSize: 0))
            {
                await ReplaceAsync(path, stream => old.CopyToAsync(stream));
            }

            RealFile.Delete(copy);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new IOException(
                $"{reason.Message} The file could not be put back either ({e.Message}); what it held is in {copy}.",
                e
            );
        }
    }

    private static async Task ReplaceAsync(string path, Func<FileStream, Task> write)
    {
        await using var stream = new FileStream(RealFile.OpenWrite(path), FileAccess.Write, bufferSize: 0);
        await write(stream);
        stream.SetLength(stream.Position);
        stream.Flush(flushToDisk: true);
    }

    private static async Task CopyAsync(string path, string copy)
    {
        using var folder = PinnedFolder.Of(copy);
        try
        {
            await using var from = new FileStream(RealFile.OpenRead(path), FileAccess.Read, bufferSize: 0);
            await using var to = new FileStream(folder[copy], new FileInfo(path).OptionsForOneLike());
            await from.CopyToAsync(to);
            to.Flush(flushToDisk: true);
        }
        catch
        {
            File.Delete(folder[copy]);
            throw;
        }
    }
}
