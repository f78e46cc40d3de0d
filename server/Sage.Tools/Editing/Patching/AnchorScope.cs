using System.Collections.Immutable;
using System.Diagnostics.CodeAnalysis;

namespace Sage.Tools.Editing.Patching;

/// <param name="First">The anchor's own line; 0-based.</param>
/// <param name="End">The first line that is no longer indented below it.</param>
internal readonly record struct AnchorBlock(int First, int End);

/// <summary>Where the <c>@@</c> lines of a hunk lead.</summary>
/// <param name="From">The first line that counts.</param>
/// <param name="Blocks">One for each line that the innermost anchor can mean.</param>
internal readonly record struct AnchorScope(int From, ImmutableArray<AnchorBlock> Blocks)
{
    /// <param name="lines">Of the file.</param>
    /// <param name="cursor">Where the hunk before ended.</param>
    /// <param name="anchors">The outermost first.</param>
    /// <param name="scope">Where to look.</param>
    /// <param name="missing">The anchor that is no line of the file.</param>
    public static bool TryFind(
        string[] lines,
        int cursor,
        ImmutableArray<string> anchors,
        out AnchorScope scope,
        [NotNullWhen(false)] out string? missing
    )
    {
        (scope, missing) = (new AnchorScope(cursor, []), null);
        foreach (var anchor in anchors)
        {
            if (Candidates(lines, scope, anchor) is not { Count: > 0 } found)
            {
                missing = anchor;
                return false;
            }

            scope = new AnchorScope(found[0], [.. found.Select(line => new AnchorBlock(line, EndOf(lines, line)))]);
        }

        return true;
    }

    /// <summary>True when the place begins below one of the anchors.</summary>
    public bool Covers(LinePlace place) => Blocks.Any(block => place.First >= block.First && place.First < block.End);

    /// <summary>Inside the outer anchor if it is there, else behind it, else anywhere.</summary>
    private static List<int> Candidates(string[] lines, AnchorScope outer, string anchor)
    {
        var inside = Naming(lines, anchor, line => outer.Covers(new LinePlace(line, 1, null)));
        var behind = inside.Count > 0 ? inside : Naming(lines, anchor, line => line >= outer.From);
        return behind.Count > 0 ? behind : Naming(lines, anchor, static _ => true);
    }

    /// <summary>The lines that are the anchor; else those that it is the beginning of.</summary>
    private static List<int> Naming(string[] lines, string anchor, Func<int, bool> counts)
    {
        var plain = Typography.Plain(anchor.Trim());
        var bare = Enumerable
            .Range(0, lines.Length)
            .Where(counts)
            .Select(line => (Line: line, Text: Typography.Plain(lines[line]).Trim()))
            .ToArray();
        var same = bare.Where(line => line.Text == plain).ToArray();
        var found =
            same.Length > 0 ? same : [.. bare.Where(line => line.Text.StartsWith(plain, StringComparison.Ordinal))];
        return [.. found.Select(static line => line.Line)];
    }

    private static int EndOf(string[] lines, int anchor)
    {
        var indent = IndentOf(lines[anchor]);
        var end = anchor + 1;
        while (end < lines.Length && IsBelow(lines[end], indent))
        {
            end++;
        }

        return end;
    }

    // A bracket at the anchor's own depth opens or closes its block.
    private static bool IsBelow(string line, int indent) =>
        line.AsSpan().Trim() is var text
        && (
            text.IsEmpty
            || IndentOf(line) > indent
            || IndentOf(line) == indent && text[0] is '{' or '}' or '(' or ')' or '[' or ']'
        );

    private static int IndentOf(string line) => line.Length - line.AsSpan().TrimStart().Length;
}
