using System.Globalization;
using Sage.Storage.Journals.Lines;

namespace Sage.Storage.Journals;

/// <summary>Cuts what cannot be read off the end of a journal and keeps it beside it.</summary>
internal static class DamagedTail
{
    /// <summary>The journal is shortened only when its tail is safely in another file.</summary>
    /// <returns>For people: what was cut and where it is; null when it was a snapshot, with which nothing is lost.</returns>
    public static async Task<string?> CutAsync(
        FileStream journal,
        JournalContents contents,
        CancellationToken cancellationToken
    )
    {
        var lost = journal.Length - contents.GoodLength;
        if (await IsHalfASnapshotAsync(journal, contents.GoodLength, cancellationToken))
        {
            journal.SetLength(contents.GoodLength);
            return null;
        }
        await using var aside = CreateAside(journal.Name);
        journal.Position = contents.GoodLength;
        await journal.CopyToAsync(aside, cancellationToken);
        aside.Flush(flushToDisk: true);
        journal.SetLength(contents.GoodLength);
        journal.Flush(flushToDisk: true);
        return string.Create(
            CultureInfo.InvariantCulture,
            $"The end of this session's record was damaged: {lost:N0} bytes after event {contents.LastSeq} could not be read. Everything before them is here; they are kept in {aside.Name}."
        );
    }

    private static async Task<bool> IsHalfASnapshotAsync(
        FileStream journal,
        long start,
        CancellationToken cancellationToken
    )
    {
        await foreach (
            var line in JournalLines.ReadAsync(journal.SafeFileHandle, start, journal.Length, cancellationToken)
        )
        {
            return !line.HasLineFeed && JournalLine.IsSnapshot(line.Bytes.Span);
        }
        return false;
    }

    private static FileStream CreateAside(string journal)
    {
        for (var number = 1; ; number++)
        {
            var path = string.Create(CultureInfo.InvariantCulture, $"{journal}.damaged-{number}");
            if (!File.Exists(path))
            {
                return PrivateFiles.Open(path, FileMode.CreateNew, FileAccess.Write, FileShare.Read);
            }
        }
    }
}
