using System.Collections.Concurrent;
using Sage.Protocol.Sessions;

namespace Sage.Storage.Journals;

/// <summary>Lists the journals of a folder without reading them: the start of each, once.</summary>
internal sealed class JournalList
{
    public const string Extension = ".jsonl";
    private readonly ConcurrentDictionary<string, KnownJournal> _known = new(StringComparer.Ordinal);

    /// <summary>The newest sessions first. A file that cannot be read, or that holds no event, is left out.</summary>
    public IReadOnlyList<SessionSummary> Read(string folder, int limit, CancellationToken cancellationToken)
    {
        var files = new DirectoryInfo(folder);
        if (limit <= 0 || !files.Exists)
        {
            return [];
        }
        var newestFirst = files
            .EnumerateFiles("*" + Extension)
            .OrderByDescending(file => file.LastWriteTimeUtc)
            .ThenByDescending(file => file.Name, StringComparer.Ordinal);
        var summaries = new List<SessionSummary>();
        foreach (var file in newestFirst)
        {
            cancellationToken.ThrowIfCancellationRequested();
            if (TitleOf(file) is { } title)
            {
                var id = Path.GetFileNameWithoutExtension(file.Name);
                summaries.Add(new SessionSummary(id, title, new DateTimeOffset(file.LastWriteTimeUtc)));
            }
            if (summaries.Count == limit)
            {
                break;
            }
        }
        return summaries;
    }

    private string? TitleOf(FileInfo file)
    {
        try
        {
            var now = new KnownJournal(file.LastWriteTimeUtc, file.Length, Title: null);
            if (_known.TryGetValue(file.FullName, out var before) && before with { Title = null } == now)
            {
                return before.Title;
            }
            var title = JournalTitle.Read(file.FullName);
            _known[file.FullName] = now with { Title = title };
            return title;
        }
        catch (Exception exception) when (StorageFailures.Covers(exception))
        {
            return null;
        }
    }

    private sealed record KnownJournal(DateTime WrittenAt, long Length, string? Title);
}
