using System.Collections.Concurrent;
using Sage.Protocol.Sessions;

namespace Sage.Storage.Journals.Listing;

/// <summary>Lists the journals of a folder without reading them: the summary beside each, else its start, once.</summary>
internal sealed class JournalList
{
    private readonly ConcurrentDictionary<string, KnownJournal> _known = new(StringComparer.Ordinal);

    /// <summary>The newest sessions first. A file that cannot be read, or that holds no event, is left out.</summary>
    public IEnumerable<SessionSummary> Read(string folder)
    {
        var files = new DirectoryInfo(folder);
        if (!files.Exists)
        {
            yield break;
        }
        var newestFirst = files
            .EnumerateFiles("*" + JournalPlaces.Extension)
            .OrderByDescending(file => file.LastWriteTimeUtc)
            .ThenByDescending(file => file.Name, StringComparer.Ordinal);
        foreach (var file in newestFirst)
        {
            if (Summary(file) is { } summary)
            {
                yield return summary;
            }
        }
    }

    private SessionSummary? Summary(FileInfo file)
    {
        try
        {
            var beside = new FileInfo(JournalPlaces.SummaryOf(file.FullName));
            var now = new JournalState(StateOf(file), StateOf(new FileInfo(JournalPlaces.SummaryOf(file.FullName))));
            if (_known.TryGetValue(file.FullName, out var before) && before.State == now)
            {
                return before.Summary;
            }
            var summary = Read(file);
            _known[file.FullName] = new KnownJournal(now, summary);
            return summary;
        }
        catch (Exception exception) when (StorageFailures.Covers(exception))
        {
            return null;
        }
    }

    private static SessionSummary? Read(FileInfo file)
    {
        var id = Path.GetFileNameWithoutExtension(file.Name);
        var writtenAt = new DateTimeOffset(file.LastWriteTimeUtc);
        return SummaryFile.Read(file.FullName) is { } summary ? summary with { SessionId = id, UpdatedAt = writtenAt }
            : JournalTitle.Read(file.FullName) is { } title ? new SessionSummary(id, title, writtenAt)
            : null;
    }

    private static FileState? StateOf(FileInfo file) =>
        file.Exists ? new FileState(file.LastWriteTimeUtc, file.Length) : null;

    private readonly record struct FileState(DateTime WrittenAt, long Length);

    private readonly record struct JournalState(FileState? Journal, FileState? Summary);

    private sealed record KnownJournal(JournalState State, SessionSummary? Summary);
}
