using System.Collections.Immutable;
using System.Runtime.Versioning;
using Sage.Sandbox.Walls;

namespace Sage.Sandbox.Linux;

/// <summary>The paths of <see cref="CommandWalls"/> as they are on the disk now: links followed, what is not there left out.</summary>
/// <param name="Writable">None lies below another.</param>
/// <param name="Protected">All below something writable; a link stays a link.</param>
/// <param name="Unreadable">Likewise.</param>
/// <param name="Readable">All below something unreadable.</param>
/// <param name="Unreachable">Sockets.</param>
[SupportedOSPlatform("linux")]
internal sealed record RealWalls(
    ImmutableArray<string> Writable,
    ImmutableArray<string> Protected,
    ImmutableArray<string> Unreadable,
    ImmutableArray<string> Readable,
    ImmutableArray<string> Unreachable
)
{
    public static RealWalls Of(CommandWalls walls)
    {
        var writable = Outermost(Real(walls.Writable, RealPath.Of));
        var held = Real(walls.Protected, RealPath.OfEntry)
            .SelectMany(path => RealPath.IsLink(path) ? HoldLink(path, writable) : [path]);
        var hidden = Real(walls.Unreadable, RealPath.Of);
        return new(
            writable,
            [.. held.Distinct().Where(path => writable.Any(folder => PathTree.IsWithin(path, folder)))],
            Outermost(hidden),
            [.. Real(walls.Readable, RealPath.Of).Where(path => hidden.Any(folder => PathTree.IsBelow(path, folder)))],
            [.. Real(walls.Unreachable, RealPath.Of).Distinct()]
        );
    }

    /// <summary>Protected links that can be replaced all the same, unless grants go around them.</summary>
    public IEnumerable<string> LooseLinks => Protected.Where(RealPath.IsLink);

    /// <summary>True when it lies in something writable.</summary>
    public bool IsWritable(string path) => Writable.Any(folder => PathTree.IsWithin(path, folder));

    // A link can be replaced unless its folder is held, and then where it leads is still to be held, too.
    private static IEnumerable<string> HoldLink(string link, ImmutableArray<string> writable)
    {
        var folder = Path.GetDirectoryName(link)!;
        return [writable.Contains(folder) ? link : folder, .. Real([link], RealPath.Of)];
    }

    private static IEnumerable<string> Real(ImmutableArray<string> paths, Func<string, string?> real) =>
        paths.Select(real).OfType<string>();

    private static ImmutableArray<string> Outermost(IEnumerable<string> paths)
    {
        var all = paths.Distinct().ToList();
        return [.. all.Where(path => !all.Exists(other => PathTree.IsBelow(path, other)))];
    }
}
