using Sage.Agent.Extensions;
using Sage.Protocol.Checkpoints;
using Sage.Protocol.Events;

namespace Sage.TestKit.Agents;

/// <summary>For agents whose tools change no files.</summary>
internal sealed class NoCheckpointFiles : ICheckpointFiles
{
    public Task<PendingFile?> FindPendingAsync(FileScope file, CancellationToken cancellationToken) =>
        Task.FromResult<PendingFile?>(null);

    public Task<string?> ReadOriginalAsync(FileScope file, CancellationToken cancellationToken) =>
        Task.FromResult<string?>(null);

    public Task<KeptFile?> KeepAsync(FileScope file, HunkSelection selection, CancellationToken cancellationToken) =>
        Task.FromResult<KeptFile?>(null);

    public Task<RestorableFile?> PreviewAsync(
        FileScope file,
        HunkSelection selection,
        CancellationToken cancellationToken
    ) => Task.FromResult<RestorableFile?>(null);

    public Task<FileRestoration> RestoreAsync(
        FileScope file,
        HunkSelection selection,
        bool overwrite,
        CancellationToken cancellationToken
    ) => Task.FromResult(new FileRestoration(null));
}
