using System.Text.RegularExpressions;

namespace Sage.Tools.Shell;

/// <summary>Recognises by its last words that a command wanted an answer, which nobody could give it.</summary>
internal static partial class InputHint
{
    private const int LastWords = 2_000;
    private const int LongestPrompt = 200;

    /// <param name="output">What it said.</param>
    /// <param name="failed">True when it did not end with exit code 0.</param>
    public static bool AskedForInput(string output, bool failed)
    {
        var end = output.AsSpan()[Math.Max(0, output.Length - LastWords)..];
        var line = end[(end.LastIndexOf('\n') + 1)..];
        return failed && Complaint().IsMatch(end) || line.Length <= LongestPrompt && Prompt().IsMatch(line);
    }

    // Python, sudo, git, ssh, docker, npm's and other libraries for questions, and the C library's own words.
    [GeneratedRegex(
        @"/dev/tty|not a (tty|terminal)|terminal is required|no tty present|EOF when reading|terminal prompts disabled"
            + @"|could not read (Username|Password)|Host key verification failed|force closed the prompt"
            + @"|Inappropriate ioctl for device|due to empty commit message|\[y/n\]|\(yes/no",
        RegexOptions.IgnoreCase | RegexOptions.CultureInvariant
    )]
    private static partial Regex Complaint();

    // A line that was not ended, and stands open like a question: `Continue? [Y/n] `, `Password: `, `>>> `.
    [GeneratedRegex(@"\S.*[?:>\])]\s+$", RegexOptions.CultureInvariant | RegexOptions.Singleline)]
    private static partial Regex Prompt();
}
