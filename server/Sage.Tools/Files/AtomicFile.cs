namespace Sage.Tools.Files;

/// <summary>Replaces whole files at once: readers see the old bytes or the new ones, also after a crash.</summary>
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

        var folder = Path.GetDirectoryName(path)!;
        Directory.CreateDirectory(folder);
        var temporary = Path.Combine(folder, $".{Path.GetRandomFileName()}.sage-tmp");
        try
        {
            await using (var stream = new FileStream(temporary, OptionsLike(existing)))
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
            File.Move(temporary, path, overwrite: true);
        }
        catch
        {
            File.Delete(temporary);
            throw;
        }
    }

    private static FileStreamOptions OptionsLike(FileInfo existing)
    {
        var options = new FileStreamOptions
        {
            Mode = FileMode.CreateNew,
            Access = FileAccess.Write,
            BufferSize = 0,
            Options = FileOptions.Asynchronous,
        };
        if (!OperatingSystem.IsWindows() && existing.Exists)
        {
            options.UnixCreateMode = existing.UnixFileMode;
        }

        return options;
    }
}
