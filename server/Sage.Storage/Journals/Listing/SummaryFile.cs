using System.Text.Json;
using Sage.Protocol.Json;
using Sage.Protocol.Sessions;

namespace Sage.Storage.Journals.Listing;

/// <summary>
/// What a list shows of a session, in a small file beside its journal: its name may have been given anywhere in it. Where the file is
/// missing or wrong the start of the journal has to do.
/// </summary>
internal static class SummaryFile
{
    /// <summary>Never fails: the journal is what counts.</summary>
    public static void Write(string journal, SessionSummary summary)
    {
        try
        {
            PrivateFiles.Replace(
                JournalPlaces.SummaryOf(journal),
                JsonSerializer.SerializeToUtf8Bytes(summary, ProtocolJson.Default.SessionSummary)
            );
        }
        catch (Exception exception) when (StorageFailures.Covers(exception)) { }
    }

    /// <returns>Null when there is none that can be read.</returns>
    public static SessionSummary? Read(string journal)
    {
        try
        {
            using var file = File.OpenRead(JournalPlaces.SummaryOf(journal));
            return JsonSerializer.Deserialize(file, ProtocolJson.Default.SessionSummary);
        }
        catch (Exception exception) when (StorageFailures.Covers(exception) || exception is JsonException)
        {
            return null;
        }
    }
}
