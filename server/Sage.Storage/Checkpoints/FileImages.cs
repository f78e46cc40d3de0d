using System.IO.Compression;
using System.Security.Cryptography;
using Sage.Agent.Extensions;
using Sage.Protocol.Events;

namespace Sage.Storage.Checkpoints;

/// <summary>
/// File contents, compressed: <c>checkpoints/&lt;session&gt;/&lt;hash&gt;.br</c> below <see cref="SageHome"/>, for a month after they were
/// last kept, and the newest two gigabytes of them.
/// </summary>
internal sealed class FileImages : IFileImages, IDisposable
{
    public const string Extension = ".br";

    private const long MostBytes = 2L * 1024 * 1024 * 1024;
    private const int WorthAThread = 64 * 1024;
    private static readonly TimeSpan KeptFor = TimeSpan.FromDays(30);
    private static readonly TimeSpan FirstCleanUp = TimeSpan.FromSeconds(15);
    private static readonly TimeSpan CleanUpInterval = TimeSpan.FromHours(1);

    private readonly string _root;
    private readonly TimeProvider _time;
    private readonly ITimer _cleanUp;

    public FileImages(SageHome home, TimeProvider time)
        : this(home, time, MostBytes) { }

    internal FileImages(SageHome home, TimeProvider time, long mostBytes)
    {
        (_root, Home) = (home.Checkpoints, home.Root);
        _time = time;
        var cleanUp = new FolderCleanUp(_root, "*" + Extension, mostBytes);
        _cleanUp = time.CreateTimer(
            _ => cleanUp.Run(time.GetUtcNow().UtcDateTime - KeptFor),
            state: null,
            FirstCleanUp,
            CleanUpInterval
        );
    }

    public string Home { get; }

    public async ValueTask<FileImage?> KeepAsync(
        string sessionId,
        ReadOnlyMemory<byte> bytes,
        int? mode,
        CancellationToken cancellationToken
    )
    {
        cancellationToken.ThrowIfCancellationRequested();
        if (bytes.Length > IFileImages.Largest)
        {
            return null;
        }

        return bytes.Length < WorthAThread
            ? Keep(sessionId, bytes.Span, mode)
            : await Task.Run(() => Keep(sessionId, bytes.Span, mode), cancellationToken);
    }

    public async ValueTask<byte[]?> ReadAsync(string sessionId, FileImage image, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(image);
        if (!FileNames.IsSafe(image.Hash))
        {
            return null;
        }

        try
        {
            await using var file = File.OpenRead(PathOf(sessionId, image.Hash));
            await using var brotli = new BrotliStream(file, CompressionMode.Decompress);
            // One byte more than it was shows that it is not what was kept.
            var bytes = new byte[Math.Min(image.Size, IFileImages.Largest) + 1];
            var read = await brotli.ReadAtLeastAsync(bytes, bytes.Length, throwOnEndOfStream: false, cancellationToken);
            var kept = bytes[..read];
            return HashOf(kept) == image.Hash ? kept : null;
        }
        catch (Exception exception)
            when (StorageFailures.Covers(exception) || exception is InvalidDataException or InvalidOperationException)
        {
            // Damaged, or cleaned up: it is not kept any more.
            return null;
        }
    }

    public void Dispose() => _cleanUp.Dispose();

    private FileImage Keep(string sessionId, ReadOnlySpan<byte> bytes, int? mode)
    {
        var image = new FileImage(HashOf(bytes), bytes.Length, mode);
        var path = PathOf(sessionId, image.Hash);
        try
        {
            if (File.Exists(path))
            {
                File.SetLastWriteTimeUtc(path, _time.GetUtcNow().UtcDateTime);
            }
            else
            {
                Write(path, bytes);
            }
        }
        catch (Exception exception) when (StorageFailures.Covers(exception))
        {
            throw StorageFailures.WhileWriting(exception, path);
        }

        return image;
    }

    // Under another name first: a file with its own name is whole.
    private static void Write(string path, ReadOnlySpan<byte> bytes)
    {
        PrivateFiles.CreateFolder(Path.GetDirectoryName(path)!);
        var temporary = $"{path}.{Path.GetRandomFileName()}";
        try
        {
            using (var file = PrivateFiles.Open(temporary, FileMode.CreateNew, FileAccess.Write, FileShare.None))
            using (var brotli = new BrotliStream(file, CompressionLevel.Fastest))
            {
                brotli.Write(bytes);
            }

            File.Move(temporary, path, overwrite: true);
        }
        catch
        {
            File.Delete(temporary);
            throw;
        }
    }

    private string PathOf(string sessionId, string hash) =>
        Path.Combine(_root, FileNames.ToSafe(sessionId), hash + Extension);

    private static string HashOf(ReadOnlySpan<byte> bytes) => Convert.ToHexStringLower(SHA256.HashData(bytes));
}
