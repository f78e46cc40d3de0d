using Sage.Protocol.Events;

namespace Sage.Agent.Extensions;

/// <summary>What files held before and after Sage changed them, by content, for each session. Port: implemented in Sage.Storage.</summary>
public interface IFileImages
{
    /// <summary>Bytes of the largest file that is kept.</summary>
    const int Largest = 64 * 1024 * 1024;

    /// <summary>The folder of everything that is Sage's own. Where it lies in a workspace, its files are not the user's.</summary>
    string Home { get; }

    /// <summary>Keeps what a file holds. The same bytes are kept once.</summary>
    /// <param name="sessionId">Whose checkpoints need it.</param>
    /// <param name="bytes">All of it.</param>
    /// <param name="mode">Unix permission bits, where there are any.</param>
    /// <param name="cancellationToken">Stops it; nothing is kept then.</param>
    /// <returns>Null when it is too large to be kept.</returns>
    /// <exception cref="IOException">It could not be kept; the message says what to do.</exception>
    ValueTask<FileImage?> KeepAsync(
        string sessionId,
        ReadOnlyMemory<byte> bytes,
        int? mode,
        CancellationToken cancellationToken
    );

    /// <returns>The bytes, or null when they are not kept any more.</returns>
    ValueTask<byte[]?> ReadAsync(string sessionId, FileImage image, CancellationToken cancellationToken);
}
