using System.Diagnostics.CodeAnalysis;
using System.Text.RegularExpressions;

namespace Sage.Tools.Editing.Patching;

/// <param name="Number">1-based, in the text as the model wrote it.</param>
/// <param name="Text">Without its ending.</param>
internal readonly record struct NumberedLine(int Number, string Text);

/// <summary>Takes a patch out of what models wrap around it: shell commands with here-documents, fences, or nothing at all.</summary>
internal static partial class PatchEnvelope
{
    private const string Begin = "*** Begin Patch";
    private const string End = "*** End Patch";

    /// <param name="text">With LF.</param>
    /// <param name="lines">What stands between the marks.</param>
    /// <param name="error">Names the line that is neither patch nor wrapping.</param>
    public static bool TryOpen(string text, out List<NumberedLine> lines, [NotNullWhen(false)] out string? error)
    {
        (lines, error) = ([], null);
        string? delimiter = null;
        var (isInside, number) = (false, 0);
        foreach (var line in text.Split('\n'))
        {
            number++;
            var bare = line.Trim();
            if (IsMark(isInside ? line.TrimEnd() : bare, Begin))
            {
                isInside = true;
            }
            else if (IsMark(line.TrimEnd(), End))
            {
                isInside = false;
            }
            else if (isInside || lines.Count == 0 && PatchParser.IsHeader(line))
            {
                isInside = true;
                lines.Add(new NumberedLine(number, line));
            }
            else if (HereDocument().Match(bare) is { Success: true } opening)
            {
                delimiter = opening.Groups["delimiter"].Value;
            }
            else if (
                bare.Length > 0
                && !bare.StartsWith("```", StringComparison.Ordinal)
                && bare.Trim('"') != delimiter
            )
            {
                error = lines.Count == 0 ? StrayBefore(number, bare) : StrayBehind(number, bare);
                return false;
            }
        }

        DropWrapping(lines, delimiter, isInside);
        error = lines.TrueForAll(static line => string.IsNullOrWhiteSpace(line.Text))
            ? $"The patch is empty. It begins with `{Begin}`, then `*** Update File: path`."
            : null;
        return error is null;
    }

    // Where the end mark was forgotten, the end of the wrapping stands in the patch.
    private static void DropWrapping(List<NumberedLine> lines, string? delimiter, bool endIsMissing)
    {
        while (
            endIsMissing
            && lines.Count > 0
            && lines[^1].Text.Trim() is var last
            && (last.Length == 0 || last == "```" || last == delimiter)
        )
        {
            lines.RemoveAt(lines.Count - 1);
        }
    }

    private static string StrayBefore(int number, string line) =>
        $"Line {number} is no patch: “{line}”. A patch begins with `{Begin}`.";

    private static string StrayBehind(int number, string line) => $"Line {number} stands behind `{End}`: “{line}”.";

    private static bool IsMark(string line, string mark) => line.Equals(mark, StringComparison.OrdinalIgnoreCase);

    [GeneratedRegex("""^[^*@+-]*<<-?\s*(['"\\]?)(?<delimiter>\w+)['"]?[^*]*$""", RegexOptions.CultureInvariant, 1_000)]
    private static partial Regex HereDocument();
}
