using System.Text.Json;
using Sage.Agent.Sessions.State;
using Sage.Protocol;
using Sage.Protocol.Events;
using Sage.Protocol.Json;
using Sage.Protocol.Sessions;

namespace Sage.Agent.Sessions.Library;

/// <summary>Writes a session as text.</summary>
internal static class SessionExport
{
    private const int LongestName = 60;
    private static readonly ProtocolJson Json = new(
        new(ProtocolJson.Default.Options)
        {
            MaxDepth = 512,
            Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
        }
    );

    /// <returns>Null when there are no events.</returns>
    public static async Task<ExportSessionResult?> WriteAsync(
        IAsyncEnumerable<EventEnvelope> events,
        ExportFormat format,
        CancellationToken cancellationToken
    )
    {
        var facts = new SessionFacts();
        var markdown = new MarkdownExport();
        List<EventEnvelope> all = [];
        await foreach (var envelope in events.WithCancellation(cancellationToken))
        {
            facts.Apply(envelope);
            if (format == ExportFormat.Markdown)
            {
                markdown.Add((DurableEvent)envelope.Event);
            }
            else
            {
                all.Add(envelope);
            }
        }

        if (facts.StartedAt is not { } startedAt)
        {
            return null;
        }

        return format switch
        {
            ExportFormat.Markdown => new(markdown.ToString(facts.Title, startedAt), FileName(facts.Title, "md")),
            ExportFormat.Json => new(
                ToJson(new(ExportedSession.TheFormat, facts.Title, [.. all])),
                FileName(facts.Title, "json")
            ),
            _ => throw new SageException(ErrorCodes.InvalidParams, "Parameter 'format' is unknown."),
        };
    }

    private static string ToJson(ExportedSession session) => JsonSerializer.Serialize(session, Json.ExportedSession);

    /// <summary>Safe on every file system.</summary>
    private static string FileName(string title, string extension)
    {
        var words = new string([.. title.Select(c => char.IsLetterOrDigit(c) ? char.ToLowerInvariant(c) : ' ')]).Split(
            ' ',
            StringSplitOptions.RemoveEmptyEntries
        );
        var name = string.Join('-', words);
        name = name.Length <= LongestName ? name : name[..LongestName].TrimEnd('-');
        return $"{(name.Length == 0 ? "session" : name)}.{extension}";
    }
}
