namespace Sage.Server.Cli.Report;

/// <summary>The ends of the newest log files.</summary>
internal static class LogSection
{
    private const int MostFiles = 2;
    private const int MostOfEach = 64 * 1024;

    // What the server writes to find bugs in itself may hold what was said to it.
    private static readonly string[] DetailedLevels = ["\"@l\":\"Debug\"", "\"@l\":\"Verbose\""];

    public static async Task WriteAsync(ReportDocument document, string folder, CancellationToken cancellationToken)
    {
        try
        {
            var newest = new DirectoryInfo(folder)
                .EnumerateFiles("sage-*.log")
                .OrderByDescending(file => file.LastWriteTimeUtc)
                .ThenByDescending(file => file.Name, StringComparer.Ordinal)
                .Take(MostFiles)
                .ToList();
            if (newest.Count == 0)
            {
                document.Paragraph("There is no log.");
            }

            foreach (var file in newest)
            {
                await WriteFileAsync(document, file, cancellationToken);
            }
        }
        catch (DirectoryNotFoundException)
        {
            document.Paragraph("There is no log.");
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            document.Paragraph($"The log cannot be read: {e.Message}");
        }
    }

    private static async Task WriteFileAsync(
        ReportDocument document,
        FileInfo file,
        CancellationToken cancellationToken
    )
    {
        document.Paragraph($"{file.Name}, written last at {file.LastWriteTimeUtc:u}");
        try
        {
            // A server may be writing it, and deletes old ones.
            await using var stream = file.Open(FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
            var excerpt = await Excerpt.EndAsync(stream, MostOfEach, cancellationToken);
            var lines = excerpt.Text.Split('\n', StringSplitOptions.RemoveEmptyEntries);
            var kept = Array.FindAll(lines, line => !IsDetailed(line));
            if (Omissions(excerpt.Omission, lines.Length - kept.Length) is { } omissions)
            {
                document.Paragraph(omissions);
            }

            document.Block(string.Join('\n', kept), "json");
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            document.Paragraph($"It cannot be read: {e.Message}");
        }
    }

    private static bool IsDetailed(string line) =>
        DetailedLevels.Any(level => line.Contains(level, StringComparison.Ordinal));

    private static string? Omissions(string? cut, int detailed) =>
        (cut, detailed) switch
        {
            (_, 0) => cut,
            (null, _) => $"{detailed} lines of the levels Debug and Verbose are left out.",
            _ => $"{cut} So are {detailed} lines of the levels Debug and Verbose.",
        };
}
