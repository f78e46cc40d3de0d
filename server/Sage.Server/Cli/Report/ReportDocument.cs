using System.Text;
using System.Text.RegularExpressions;

namespace Sage.Server.Cli.Report;

/// <summary>A Markdown text into which nothing gets unredacted, and out of whose code blocks nothing breaks.</summary>
/// <param name="redact">Takes out what must not be in it.</param>
internal sealed partial class ReportDocument(Func<string, string> redact)
{
    private const int ShortestFence = 3;
    private readonly StringBuilder _text = new();

    /// <param name="title">Our own words; nothing that was found.</param>
    public void Heading(int level, string title) => Add($"{new string('#', level)} {title}");

    /// <param name="text">Becomes one line.</param>
    public void Paragraph(string text) => Add(redact(ControlsAndLineBreaks().Replace(text, " ")));

    /// <param name="text">Anything.</param>
    /// <param name="language">For highlighting.</param>
    public void Block(string text, string language)
    {
        // An editor takes a file with control characters in it for a binary one and does not show it.
        var shown = redact(Controls().Replace(text.ReplaceLineEndings("\n"), "\uFFFD")).TrimEnd('\n');
        var longest = Backticks().EnumerateMatches(shown);
        var fence = ShortestFence;
        foreach (var run in longest)
        {
            fence = Math.Max(fence, run.Length + 1);
        }

        var marks = new string('`', fence);
        Add($"{marks}{language}\n{shown}\n{marks}");
    }

    public override string ToString() => _text.ToString();

    private void Add(string block)
    {
        if (_text.Length > 0)
        {
            _text.Append('\n');
        }

        _text.Append(block).Append('\n');
    }

    [GeneratedRegex("`+")]
    private static partial Regex Backticks();

    [GeneratedRegex(@"[\p{Cc}-[\t\n]]")]
    private static partial Regex Controls();

    [GeneratedRegex(@"[\p{Cc}\u2028\u2029]+")]
    private static partial Regex ControlsAndLineBreaks();
}
