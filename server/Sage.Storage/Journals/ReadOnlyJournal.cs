using System.Collections.Immutable;
using Sage.Agent.Extensions;
using Sage.Agent.Sessions;
using Sage.Protocol.Events;
using Sage.Protocol.Sessions;

namespace Sage.Storage.Journals;

/// <summary>A journal that another window writes. Holds no file, so that it is in nobody's way.</summary>
/// <param name="path">The journal.</param>
/// <param name="length">Bytes of whole lines that were there when it was opened.</param>
internal sealed class ReadOnlyJournal(string path, long length) : IJournal
{
    public bool IsReadOnly => true;

    public bool WantsSnapshot => false;

    public void Append(EventEnvelope envelope) => throw ReadOnlySession.Refusal();

    public void Append(JournalSnapshot snapshot) => throw ReadOnlySession.Refusal();

    public void Describe(SessionSummary summary) { }

    public void Flush() { }

    public async Task<ImmutableArray<EventEnvelope>> ReadAsync(
        long fromSeq,
        long beforeSeq,
        int limit,
        CancellationToken cancellationToken
    )
    {
        try
        {
            await using var file = OpenToRead(path);
            var pages = new JournalPages(file.SafeFileHandle, length);
            return await pages.ReadAsync(fromSeq, beforeSeq, limit, cancellationToken);
        }
        catch (Exception exception) when (StorageFailures.Covers(exception))
        {
            throw StorageFailures.ToClient(exception, path);
        }
    }

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;

    /// <summary>Whatever others do to it meanwhile.</summary>
    public static FileStream OpenToRead(string path) =>
        PrivateFiles.Open(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
}
