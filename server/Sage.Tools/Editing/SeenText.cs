using System.Collections.Immutable;
using System.IO.Hashing;
using System.Runtime.InteropServices;
using Sage.Agent.ToolCalls;
using Sage.Protocol.Events;
using Sage.Tools.Text;

namespace Sage.Tools.Editing;

/// <summary>Keeps what the model has seen of a text apart from what the text is now.</summary>
internal static class SeenText
{
    // Beyond this the marks cost more memory than the note is worth.
    private const int MostLines = 20_000;
    private const int MostPlacesShown = 8;

    /// <summary>Notes that the model has seen, or written, this text.</summary>
    public static void Record(ReadTracker reads, string realPath, string text) =>
        reads.Record(realPath, TextVersion.Of(text), MarksOf(text));

    /// <summary>True when the model saw the file, and it was another text.</summary>
    public static bool IsStale(ReadTracker reads, string realPath, string text, FileInfo? file) =>
        reads.Find(realPath) is { } seen && !TextVersion.IsCurrent(seen, text, file);

    /// <summary>A sentence with a space before it; empty when the file is as the model saw it, or was never seen.</summary>
    public static string StaleNote(ReadTracker reads, string realPath, string text, FileInfo? file) =>
        IsStale(reads, realPath, text, file)
            ? $" The file had changed since you read it{ChangesSince(reads, realPath, text)}."
            : "";

    /// <summary>
    /// For the user: what they changed since the model read it, now that the model has it; none when the change is no news to them.
    /// </summary>
    /// <param name="shown">The file, as messages name it.</param>
    public static ImmutableArray<DurableEvent> RereadNotice(
        ReadTracker reads,
        string realPath,
        string shown,
        string text,
        FileInfo? file
    )
    {
        var author = reads.AuthorOfChange(realPath);
        if (author == ChangeAuthor.Sage || !IsStale(reads, realPath, text, file))
        {
            return [];
        }

        var places = PlacesSince(reads, realPath, text, Where) is { Length: > 0 } list ? $" ({list})" : "";
        return
        [
            new Notice(
                author == ChangeAuthor.User
                    ? $"You changed {shown}{places}; Sage re-read it."
                    : $"{shown} has changed since Sage read it{places}; Sage re-read it."
            ),
        ];
    }

    /// <summary><c>: lines 40-52 changed, 2 lines gone after line 60</c>; empty when that is not known.</summary>
    /// <param name="text">What the file holds now.</param>
    public static string ChangesSince(ReadTracker reads, string realPath, string text) =>
        PlacesSince(reads, realPath, text, Describe) is { Length: > 0 } places ? $": {places}" : "";

    private static string PlacesSince(
        ReadTracker reads,
        string realPath,
        string text,
        Func<LineChange, string> describe
    )
    {
        var (before, now) = (reads.FindLineMarks(realPath), MarksOf(text));
        if (before.IsEmpty || now.IsEmpty)
        {
            return "";
        }

        var changes = LineDiff.Between(Joined(before), Joined(now)).Changes;
        var more = changes.Length > MostPlacesShown ? ", …" : "";
        return changes.IsEmpty
            ? "only line endings"
            : string.Join(", ", changes.Take(MostPlacesShown).Select(describe)) + more;
    }

    private static string Describe(LineChange change) =>
        change.NewCount == 0 ? Where(change)
        : change.OldCount == 0 ? $"{Where(change)} new"
        : $"{Where(change)} changed";

    private static string Where(LineChange change) =>
        change switch
        {
            { NewCount: 0 } => $"{Lines(change.OldCount)} gone after line {change.NewStart}",
            { NewCount: 1 } => $"line {change.NewStart + 1}",
            _ => $"lines {change.NewStart + 1}-{change.NewStart + change.NewCount}",
        };

    private static string Lines(int count) => count == 1 ? "1 line" : $"{count} lines";

    private static string Joined(ImmutableArray<int> marks) => string.Concat(marks.Select(static mark => $"{mark}\n"));

    private static ImmutableArray<int> MarksOf(string text)
    {
        return text.AsSpan().Count('\n') > MostLines
            ? []
            : [.. TextLines.Split(text).Select(static line => MarkOf(line.Content))];
    }

    private static int MarkOf(string line) => (int)XxHash32.HashToUInt32(MemoryMarshal.AsBytes(line.AsSpan()));
}
