using Sage.Agent.Extensions;
using Sage.Protocol.Events;
using Sage.Tools.Files.Disk;

namespace Sage.Tools.Files.Changes;

/// <summary>Keeps what files hold before and after a call changes them.</summary>
internal sealed class ImageKeeper(IFileImages images, string sessionId)
{
    /// <exception cref="IOException">It could not be kept.</exception>
    public ValueTask<FileImage?> KeepAsync(byte[] bytes, int? mode, CancellationToken cancellationToken) =>
        images.KeepAsync(sessionId, bytes, mode, cancellationToken);

    /// <summary>Keeps a file as it lies on the disk; null when it is too large.</summary>
    /// <exception cref="IOException">It could not be read or kept.</exception>
    public async Task<FileImage?> KeepAsync(FileInfo file, CancellationToken cancellationToken) =>
        file.Length > IFileImages.Largest
            ? null
            : await KeepAsync(
                await RealFile.ReadAllBytesAsync(file.FullName, cancellationToken),
                file.ModeBits(),
                cancellationToken
            );

    /// <summary>What has been written is written, whether it can be kept or not.</summary>
    public async Task<FileImage?> TryKeepAsync(byte[] bytes, int? mode)
    {
        try
        {
            return await KeepAsync(bytes, mode, CancellationToken.None);
        }
        catch (IOException)
        {
            return null;
        }
    }
}
