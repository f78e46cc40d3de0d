using System.Collections.Immutable;

namespace Sage.Agent.Subagents;

/// <summary>Some of the tools that there are. It never adds one: it says which of those that are offered stay.</summary>
/// <param name="Only">Names; one that ends with a star stands for all that begin so. Null for all there are.</param>
/// <param name="Without">Those that are left out, whatever else is said.</param>
public sealed record ToolSelection(ImmutableArray<string>? Only, ImmutableArray<string> Without)
{
    // Finds the tools of servers where these are many; it only finds, and what it finds is selected like all others.
    private const string Search = "search_tools";
    private const string OfServers = "mcp__";

    public static ToolSelection All { get; } = new(null, []);

    public bool Has(string tool) =>
        !Without.Any(pattern => Matches(pattern, tool))
        && (
            Only is not { } only || only.Any(pattern => Matches(pattern, tool)) || (tool == Search && HasServers(only))
        );

    private static bool HasServers(ImmutableArray<string> only) =>
        only.Any(static pattern => pattern.StartsWith(OfServers, StringComparison.Ordinal));

    private static bool Matches(string pattern, string tool) =>
        pattern is [.. var beginning, '*'] ? tool.StartsWith(beginning, StringComparison.Ordinal) : pattern == tool;
}
