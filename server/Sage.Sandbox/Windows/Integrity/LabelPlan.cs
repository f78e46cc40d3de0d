using System.Collections.Immutable;
using Sage.Sandbox.Walls;

namespace Sage.Sandbox.Windows.Integrity;

/// <summary>What has to be labelled and held so that a command of low integrity changes what it may and nothing else.</summary>
/// <param name="Low">What it may change.</param>
/// <param name="Medium">What it may not, although it lies below that.</param>
/// <param name="Held">What is kept open while it runs, because Windows moves and deletes nothing that is open.</param>
internal sealed record LabelPlan(ImmutableArray<string> Low, ImmutableArray<string> Medium, ImmutableArray<string> Held)
{
    /// <param name="walls">What the command may touch.</param>
    /// <param name="guarded">Folders that no command gets: the user's own, the system's.</param>
    /// <param name="exists">Whether something is there.</param>
    /// <exception cref="UnwallableException">What should be writable holds more than work.</exception>
    public static LabelPlan For(CommandWalls walls, IReadOnlyCollection<string> guarded, Predicate<string> exists)
    {
        var low = walls.Writable.Where(path => exists(path)).Select(WindowsPath.Plain).ToImmutableArray();
        if (low.FirstOrDefault(root => HoldsMore(root, guarded)) is { } tooMuch)
        {
            throw new UnwallableException(
                $"{tooMuch} holds more than a workspace: making it writable for commands behind walls would open it to every program of low integrity."
            );
        }

        ImmutableArray<string> medium =
        [
            .. walls
                .Protected.Where(path => exists(path) && low.Any(root => WindowsPath.IsWithin(path, root)))
                .Select(WindowsPath.Plain),
        ];
        var ways = medium.SelectMany(path =>
            low.Where(root => WindowsPath.IsWithin(path, root)).SelectMany(root => WindowsPath.Between(root, path))
        );
        return new(low, medium, [.. ways.Concat(medium).Distinct(StringComparer.OrdinalIgnoreCase)]);
    }

    private static bool HoldsMore(string root, IEnumerable<string> guarded) =>
        root.Length <= "C:".Length || guarded.Any(folder => folder.Length > 0 && WindowsPath.IsWithin(folder, root));
}

/// <summary>There can be no walls around this command; the message says why, for people.</summary>
internal sealed class UnwallableException(string message) : Exception(message);
