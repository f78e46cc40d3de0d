namespace Sage.Storage.Journals;

/// <summary>Moves a journal with what stands beside it. The journal goes last: until then the session is where it was.</summary>
internal static class JournalFiles
{
    public static void Move(string journal, string target)
    {
        var summary = JournalPlaces.SummaryOf(journal);
        if (File.Exists(summary))
        {
            File.Move(summary, JournalPlaces.SummaryOf(target), overwrite: true);
        }
        File.Move(journal, target);
    }
}
