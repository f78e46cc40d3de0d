using System.Collections.Concurrent;
using System.Security.Cryptography;
using Sage.Agent.Extensions;
using Sage.Protocol.Events;

namespace Sage.TestKit.Fakes;

/// <summary>File contents in memory, by hash.</summary>
public sealed class MemoryFileImages : IFileImages
{
    private readonly ConcurrentDictionary<string, byte[]> _kept = new(StringComparer.Ordinal);

    /// <summary>What keeping fails with.</summary>
    public IOException? Failure { get; set; }

    /// <summary>Bytes of the largest file that is kept.</summary>
    public int Largest { get; set; } = int.MaxValue;

    public string Home { get; set; } = "/nowhere";

    public ValueTask<FileImage?> KeepAsync(
        string sessionId,
        ReadOnlyMemory<byte> bytes,
        int? mode,
        CancellationToken cancellationToken
    )
    {
        if (Failure is not null)
        {
            throw Failure;
        }

        if (bytes.Length > Largest)
        {
            return new((FileImage?)null);
        }

        var hash = Convert.ToHexStringLower(SHA256.HashData(bytes.Span));
        _kept[hash] = bytes.ToArray();
        return new(new FileImage(hash, bytes.Length, mode));
    }

    public ValueTask<byte[]?> ReadAsync(string sessionId, FileImage image, CancellationToken cancellationToken) =>
        new(_kept.GetValueOrDefault(image.Hash));

    public void Forget() => _kept.Clear();
}
