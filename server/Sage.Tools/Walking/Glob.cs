using Sage.Agent.Workspaces;

namespace Sage.Tools.Walking;

/// <summary>
/// A pattern for files as people write them: <c>*.ts</c> anywhere, <c>src/**/*.{ts,tsx}</c> from the folder searched,
/// <c>!*.test.ts</c> for all others.
/// </summary>
internal sealed class Glob
{
    private const int MostAlternatives = 1_000;

    private readonly Wildcard[] _alternatives;
    private readonly bool _byName;
    private readonly bool _excludes;

    private Glob(Wildcard[] alternatives, bool byName, bool excludes) =>
        (_alternatives, _byName, _excludes) = (alternatives, byName, excludes);

    public static Glob Parse(string pattern)
    {
        var excludes = pattern.StartsWith('!');
        pattern = excludes ? pattern[1..] : pattern;
        pattern = pattern.StartsWith("./", StringComparison.Ordinal) ? pattern[1..] : pattern;
        pattern = pattern.EndsWith('/') ? pattern + "**" : pattern;
        var byName = !pattern.Contains('/', StringComparison.Ordinal);
        pattern = pattern.TrimStart('/');
        return new Glob([.. Expand(pattern).Take(MostAlternatives).Select(Wildcard.Parse)], byName, excludes);
    }

    /// <param name="path">Relative to the folder searched, with forward slashes.</param>
    public bool IsMatch(ReadOnlySpan<char> path)
    {
        var subject = _byName ? path[(path.LastIndexOf('/') + 1)..] : path;
        foreach (var alternative in _alternatives)
        {
            if (alternative.IsMatch(subject))
            {
                return !_excludes;
            }
        }

        return _excludes;
    }

    private static IEnumerable<string> Expand(string pattern)
    {
        var (open, close) = FirstGroup(pattern);
        if (open < 0)
        {
            return [pattern];
        }

        var (before, after) = (pattern[..open], pattern[(close + 1)..]);
        return Choices(pattern[(open + 1)..close]).SelectMany(choice => Expand(before + choice + after));
    }

    private static (int Open, int Close) FirstGroup(string pattern)
    {
        var (depth, open) = (0, -1);
        for (var i = 0; i < pattern.Length; i++)
        {
            if (pattern[i] == '{' && depth++ == 0)
            {
                open = i;
            }
            else if (pattern[i] == '}' && depth > 0 && --depth == 0)
            {
                return (open, i);
            }
        }

        return (-1, -1);
    }

    private static IEnumerable<string> Choices(string group)
    {
        var (depth, start) = (0, 0);
        for (var i = 0; i < group.Length; i++)
        {
            depth += group[i] switch
            {
                '{' => 1,
                '}' => -1,
                _ => 0,
            };
            if (group[i] == ',' && depth == 0)
            {
                yield return group[start..i];
                start = i + 1;
            }
        }

        yield return group[start..];
    }
}
