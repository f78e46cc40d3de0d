using System.Collections.Immutable;

namespace Sage.Agent.ToolCalls;

/// <summary>
/// What a call reads and writes. Paths are absolute and hierarchical: a folder covers everything below it. What is no file
/// is <see cref="Named"/>. In doubt a call writes everything.
/// </summary>
public sealed record ResourceAccess(ImmutableArray<string> Reads, ImmutableArray<string> Writes)
{
    /// <summary>Touches nothing that another call could touch.</summary>
    public static ResourceAccess None { get; } = new([], []);

    /// <summary>Conflicts with every call that touches anything.</summary>
    public static ResourceAccess WritesEverything { get; } = new([], ["/"]);

    public static ResourceAccess Read(params ImmutableArray<string> paths) => new(paths, []);

    public static ResourceAccess Write(params ImmutableArray<string> paths) => new([], paths);

    /// <summary>
    /// Something that is no file, of which there is one in the workspace: <c>terminal</c>, <c>mcp/server</c>. It stands
    /// where a path would, is as hierarchical, and never overlaps with one: no path holds a NUL.
    /// </summary>
    public static string Named(string name) => $"\0{name}";

    /// <summary>
    /// A path for a folder itself but nothing in it: it overlaps with the folder and those above it, not with its files.
    /// </summary>
    public static string Itself(string folder) => Path.Join(folder, ".");

    /// <summary>The files and folders that it names; none when it may touch all.</summary>
    public IEnumerable<string> Files => Reads.Concat(Writes).Where(static path => path is not ("/" or ['\0', ..]));

    /// <summary>True when the two must not overlap: one writes what the other reads or writes.</summary>
    public bool ConflictsWith(ResourceAccess other) =>
        Overlap(Writes, other.Writes) || Overlap(Writes, other.Reads) || Overlap(Reads, other.Writes);

    /// <summary>True when everything that the other touches is touched by this one too, in the same way.</summary>
    public bool Covers(ResourceAccess other) =>
        other.Writes.All(path => Writes.Any(own => Covers(own, path)))
        && other.Reads.All(path => Writes.Concat(Reads).Any(own => Covers(own, path)));

    private static bool Overlap(ImmutableArray<string> left, ImmutableArray<string> right)
    {
        foreach (var a in left)
        {
            foreach (var b in right)
            {
                if (Covers(a, b) || Covers(b, a))
                {
                    return true;
                }
            }
        }

        return false;
    }

    private static bool Covers(string ancestor, string path) =>
        ancestor == "/"
        || path.StartsWith(ancestor, PathComparison)
            && (path.Length == ancestor.Length || IsSeparator(path[ancestor.Length]) || IsSeparator(ancestor[^1]));

    private static bool IsSeparator(char c) => c == Path.DirectorySeparatorChar || c == Path.AltDirectorySeparatorChar;

    // Comparing without case on the systems whose file systems usually ignore it can only add conflicts, never miss one.
    private static StringComparison PathComparison { get; } =
        OperatingSystem.IsLinux() ? StringComparison.Ordinal : StringComparison.OrdinalIgnoreCase;
}
