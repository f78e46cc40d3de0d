using System.Collections.Immutable;

namespace Sage.Agent.Commands;

/// <summary>Finds what was probably meant by a name that there is not.</summary>
public static class NearNames
{
    private const int MostShown = 3;

    /// <summary>The nearest first: what begins like it or holds it, or differs in few letters.</summary>
    public static ImmutableArray<string> Of(string name, IEnumerable<string> known) =>
        [
            .. known
                .Select(candidate => (Name: candidate, Distance: Distance(name, candidate)))
                .Where(candidate => candidate.Distance <= Math.Max(1, name.Length / 3))
                .OrderBy(static candidate => candidate.Distance)
                .ThenBy(static candidate => candidate.Name, StringComparer.Ordinal)
                .Take(MostShown)
                .Select(static candidate => candidate.Name),
        ];

    /// <summary>How many letters have to be put in, taken out or changed; none for what holds the whole name.</summary>
    private static int Distance(string left, string right)
    {
        if (left.Length > 1 && right.Contains(left, StringComparison.OrdinalIgnoreCase))
        {
            return 0;
        }

        var row = Enumerable.Range(0, right.Length + 1).ToArray();
        for (var i = 1; i <= left.Length; i++)
        {
            var diagonal = row[0];
            row[0] = i;
            for (var j = 1; j <= right.Length; j++)
            {
                var cost = char.ToLowerInvariant(left[i - 1]) == char.ToLowerInvariant(right[j - 1]) ? 0 : 1;
                (diagonal, row[j]) = (row[j], Math.Min(Math.Min(row[j], row[j - 1]) + 1, diagonal + cost));
            }
        }

        return row[^1];
    }
}
