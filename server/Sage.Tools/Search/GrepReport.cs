using System.Text;
using Sage.Agent.Workspaces;

namespace Sage.Tools.Search;

/// <summary>Writes matches for the model and for live output, the same whichever engine found them.</summary>
internal static class GrepReport
{
    public static string Of(
        Workspace workspace,
        IReadOnlyList<FileMatches> files,
        GrepOutput output,
        int limit,
        SearchCompleteness completeness
    )
    {
        var total = output == GrepOutput.Content ? files.Sum(static file => file.Count) : files.Count;
        var text = output switch
        {
            GrepOutput.Content => Content(workspace, files, limit),
            GrepOutput.Files => Lines(files.Take(limit).Select(file => workspace.Display(file.FullPath))),
            _ => Lines(files.Take(limit).Select(file => $"{workspace.Display(file.FullPath)}: {file.Count}")),
        };
        var what = output == GrepOutput.Content ? "matching lines" : "files";
        var all = completeness == SearchCompleteness.CutShort ? $"more than {total}" : $"{total}";
        var note =
            total > limit || completeness == SearchCompleteness.CutShort
                ? $"\n[The first {Math.Min(limit, total)} of {all} {what}; narrow the search or raise head_limit.]"
            : output == GrepOutput.Count ? $"\n[{files.Sum(static file => file.Count)} matching lines in {total} files]"
            : "";
        return text + note;
    }

    /// <summary>One file under its name: <c>12: match</c>, <c>13- context</c>.</summary>
    public static string File(Workspace workspace, FileMatches file, ref int limit)
    {
        var text = new StringBuilder(workspace.Display(file.FullPath));
        var previous = 0;
        foreach (var line in file.Lines)
        {
            if (line.IsMatch && limit-- == 0)
            {
                limit = 0;
                break;
            }

            var gap = previous > 0 && line.Number > previous + 1 && file.Lines.Any(static other => !other.IsMatch);
            text.Append(gap ? "\n--" : "")
                .Append('\n')
                .Append(line.Number)
                .Append(line.IsMatch ? ": " : "- ")
                .Append(line.Text);
            previous = line.Number;
        }

        return text.ToString();
    }

    private static string Content(Workspace workspace, IReadOnlyList<FileMatches> files, int limit)
    {
        List<string> blocks = [];
        foreach (var file in files)
        {
            if (limit == 0)
            {
                break;
            }

            blocks.Add(File(workspace, file, ref limit));
        }

        return string.Join("\n\n", blocks);
    }

    private static string Lines(IEnumerable<string> lines) => string.Join('\n', lines);
}

internal enum SearchCompleteness
{
    Whole,
    CutShort,
}
