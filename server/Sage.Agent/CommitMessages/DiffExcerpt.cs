using System.Text;

namespace Sage.Agent.CommitMessages;

/// <summary>Makes a diff short enough to be read by a cheap model: each file keeps its beginning and its end.</summary>
internal static class DiffExcerpt
{
    private const string FileMark = "diff --git ";

    /// <summary>A file keeps at least this much, so that its name and what kind of change it is are seen.</summary>
    private const int LeastOfFile = 300;

    /// <param name="diff">As <c>git diff</c> prints it.</param>
    /// <param name="most">How many characters it may have, not counting what says that something was left out.</param>
    public static string Of(string diff, int most)
    {
        if (diff.Length <= most)
        {
            return diff;
        }

        var files = Split(diff);
        var each = Share([.. files.Select(file => file.Length)], most);
        var text = new StringBuilder();
        var shown = 0;
        foreach (var file in files)
        {
            if (text.Length >= most)
            {
                text.Append($"[{files.Count - shown} more changed files]\n");
                break;
            }

            text.Append(Cut(file, each));
            shown++;
        }

        return text.ToString();
    }

    private static List<string> Split(string diff)
    {
        List<string> files = [];
        var start = 0;
        while (start < diff.Length)
        {
            var next = diff.IndexOf("\n" + FileMark, start, StringComparison.Ordinal);
            var end = next < 0 ? diff.Length : next + 1;
            files.Add(diff[start..end]);
            start = end;
        }

        return files;
    }

    /// <summary>What each file may have, when what short files leave goes to the long ones.</summary>
    private static int Share(List<int> lengths, int most)
    {
        lengths.Sort();
        var left = most;
        for (var i = 0; i < lengths.Count; i++)
        {
            var share = left / (lengths.Count - i);
            if (lengths[i] > share)
            {
                return Math.Max(LeastOfFile, share);
            }

            left -= lengths[i];
        }

        return most;
    }

    private static string Cut(string file, int most)
    {
        if (file.Length <= most)
        {
            return file;
        }

        // The beginning says which file it is, so it gets the larger part.
        var head = LineEndBefore(file, most * 2 / 3);
        var tail = LineStartBehind(file, file.Length - most / 3);
        return $"{file[..head]}[{tail - head} characters left out]\n{file[tail..]}";
    }

    private static int LineEndBefore(string text, int at) =>
        text.LastIndexOf('\n', at) is var found and > 0 ? found + 1 : WholeCharacter(text, at);

    private static int LineStartBehind(string text, int at) =>
        text.IndexOf('\n', at) is var found and >= 0 && found < text.Length - 1 ? found + 1 : WholeCharacter(text, at);

    private static int WholeCharacter(string text, int at) => char.IsLowSurrogate(text[at]) ? at - 1 : at;
}
