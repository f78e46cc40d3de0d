using Sage.Protocol.Events;
using Sage.Protocol.Sessions;
using Sage.Protocol.Turns;
using Sage.Storage.Journals.Lines;

namespace Sage.Storage.Journals.Listing;

/// <summary>
/// Looks for words in titles, prompts and replies. Reads the journals themselves, line by line: what is said in a session is a small
/// part of it, and the kind of a line is known from its start.
/// </summary>
/// <param name="words">All of them have to be there.</param>
internal sealed class JournalSearch(IReadOnlyList<string> words)
{
    private const int SnippetLength = 120;
    private const int SnippetBefore = 40;

    // The checksum, the session's id and the type stand in front.
    private const int StartOfLine = 256;

    private static ReadOnlySpan<byte> PromptMark => "\"event\":{\"type\":\"turnStarted\""u8;
    private static ReadOnlySpan<byte> ReplyMark => "\"event\":{\"type\":\"replyEnded\""u8;
    private static ReadOnlySpan<byte> SteerMark => "\"event\":{\"type\":\"steer\""u8;

    public async Task<IReadOnlyList<SessionMatch>> FindAsync(
        string folder,
        JournalList list,
        int limit,
        CancellationToken cancellationToken
    )
    {
        var matches = new List<SessionMatch>();
        foreach (var summary in list.Read(folder))
        {
            cancellationToken.ThrowIfCancellationRequested();
            if (
                await FindAsync(JournalPlaces.PathIn(folder, summary.SessionId), summary, cancellationToken) is
                { } match
            )
            {
                matches.Add(match);
            }
            if (matches.Count == limit)
            {
                break;
            }
        }
        return matches;
    }

    private async Task<SessionMatch?> FindAsync(
        string journal,
        SessionSummary summary,
        CancellationToken cancellationToken
    )
    {
        SessionMatch? match = IsIn(summary.Title)
            ? new(summary.SessionId, summary.Title, summary.Title, Seq: 0, summary.UpdatedAt)
            : null;
        try
        {
            await using var file = ReadOnlyJournal.OpenToRead(journal);
            await foreach (
                var line in JournalLines.ReadAsync(file.SafeFileHandle, from: 0, file.Length, cancellationToken)
            )
            {
                if (Said(line.Bytes.Span) is { } said && IsIn(said.Text))
                {
                    match = new(summary.SessionId, summary.Title, Snippet(said.Text), said.Seq, summary.UpdatedAt);
                }
            }
        }
        catch (Exception exception) when (StorageFailures.Covers(exception))
        {
            // Deleted meanwhile, or not ours to read: what its title says is enough.
        }
        return match;
    }

    private bool IsIn(string text) => words.All(word => text.Contains(word, StringComparison.OrdinalIgnoreCase));

    private static (string Text, long Seq)? Said(ReadOnlySpan<byte> line)
    {
        var start = line[..Math.Min(StartOfLine, line.Length)];
        var isSaid = start.IndexOf(PromptMark) >= 0 || start.IndexOf(ReplyMark) >= 0 || start.IndexOf(SteerMark) >= 0;
        return isSaid && JournalLine.Read(line) is { Seq: { } seq } envelope && TextOf(envelope.Event) is { } text
            ? (text, seq)
            : null;
    }

    private static string? TextOf(SessionEvent happened) =>
        happened switch
        {
            TurnStarted turn => turn.Prompt,
            ReplyEnded reply => reply.Text,
            Steer { Input: { } input } => string.Join('\n', input.OfType<TextPart>().Select(part => part.Text)),
            _ => null,
        };

    private string Snippet(string text)
    {
        var at = words.Min(word => text.IndexOf(word, StringComparison.OrdinalIgnoreCase));
        var start = Math.Max(0, at - SnippetBefore);
        start += start > 0 && char.IsLowSurrogate(text[start]) ? 1 : 0;
        var end = Math.Min(text.Length, start + SnippetLength);
        end -= end < text.Length && char.IsLowSurrogate(text[end]) ? 1 : 0;
        var line = string.Join(' ', text[start..end].Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));
        return $"{(start > 0 ? "…" : "")}{line}{(end < text.Length ? "…" : "")}";
    }
}
