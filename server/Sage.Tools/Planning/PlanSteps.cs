using System.Collections.Immutable;
using System.Text.RegularExpressions;
using Sage.Protocol.Events;

namespace Sage.Tools.Planning;

/// <summary>
/// Finds the steps of a plan in its Markdown: numbered headings, else the items of its numbered lists, else those of its bulleted
/// lists, else its headings.
/// </summary>
internal static partial class PlanSteps
{
    private const int MostSteps = 50;
    private const int LongestStep = 160;

    /// <summary>Everything is still to be done; empty when there are no steps in it.</summary>
    public static ImmutableArray<PlanItem> Of(string plan)
    {
        var lines = Lines(plan);
        var headings = lines.Select(static line => Heading().Match(line)).Where(static m => m.Success).ToList();
        var numbered = headings.Where(static heading => heading.Groups["number"].Success).ToList();
        ImmutableArray<ImmutableArray<string>> found =
        [
            numbered.Count > 1 ? Texts(numbered) : [],
            Texts(lines.Select(static line => NumberedItem().Match(line))),
            Texts(lines.Select(static line => BulletedItem().Match(line))),
            // The first one is what the plan is called.
            Texts(headings.Skip(1)),
        ];
        var steps = found.FirstOrDefault(static texts => !texts.IsEmpty, []);
        return [.. steps.Take(MostSteps).Select(static text => new PlanItem(text, PlanItemStatus.Pending))];
    }

    /// <summary>Its first heading, else its first line.</summary>
    public static string TitleOf(string plan)
    {
        var lines = Lines(plan);
        var heading = lines.Select(static line => Heading().Match(line)).FirstOrDefault(static m => m.Success);
        return Plain(heading?.Groups["text"].Value ?? lines.FirstOrDefault(static line => line.Length > 0) ?? "");
    }

    private static ImmutableArray<string> Texts(IEnumerable<Match> matches) =>
        [
            .. matches
                .Where(static match => match.Success)
                .Select(static match => Plain(match.Groups["text"].Value))
                .Where(static text => text.Length > 0),
        ];

    /// <summary>What is code is no step.</summary>
    private static List<string> Lines(string plan)
    {
        List<string> lines = [];
        string? fence = null;
        foreach (var line in plan.ReplaceLineEndings("\n").Split('\n'))
        {
            var mark = Fence().Match(line).Groups["mark"].Value;
            if (fence is null && mark.Length == 0)
            {
                lines.Add(line.TrimEnd());
            }
            else if (fence is null)
            {
                fence = mark;
            }
            else if (mark.StartsWith(fence, StringComparison.Ordinal))
            {
                fence = null;
            }
        }

        return lines;
    }

    /// <summary>Without the marks that the list of steps does not show.</summary>
    private static string Plain(string text)
    {
        var plain = Marks().Replace(Link().Replace(text, "${text}"), "").Trim().TrimEnd(':');
        return plain.Length <= LongestStep ? plain : plain[..LongestStep] + "…";
    }

    [GeneratedRegex(
        """^ {0,3}#{1,6}\s+(?<number>((step|phase)\s+)?\d+\s*[.):–—-]\s*)?(?<text>.*?)(\s+#+)?$""",
        RegexOptions.IgnoreCase | RegexOptions.ExplicitCapture
    )]
    private static partial Regex Heading();

    [GeneratedRegex("""^ ?\d{1,9}[.)]\s+(\[[ xX]\]\s+)?(?<text>.+)$""", RegexOptions.ExplicitCapture)]
    private static partial Regex NumberedItem();

    [GeneratedRegex("""^ ?[-*+]\s+(\[[ xX]\]\s+)?(?<text>.+)$""", RegexOptions.ExplicitCapture)]
    private static partial Regex BulletedItem();

    [GeneratedRegex("""^\s*(?<mark>`{3,}|~{3,})""", RegexOptions.ExplicitCapture)]
    private static partial Regex Fence();

    [GeneratedRegex("""!?\[(?<text>[^\]]*)\]\([^)]*\)""", RegexOptions.ExplicitCapture)]
    private static partial Regex Link();

    [GeneratedRegex("""\*\*|`""")]
    private static partial Regex Marks();
}
