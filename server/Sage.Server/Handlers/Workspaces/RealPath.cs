namespace Sage.Server.Handlers.Workspaces;

/// <summary>Resolves every symbolic link in a path, so that one file has one name.</summary>
internal static class RealPath
{
    // The kernel's own limit; more links than this are a circle.
    private const int MaxLinks = 40;

    /// <summary>The path without links; parts that do not exist are kept as they are.</summary>
    public static string Resolve(string fullPath)
    {
        var resolved = Path.GetPathRoot(fullPath) ?? "";
        var pending = new Stack<string>(Split(fullPath[resolved.Length..]));
        for (var links = 0; pending.TryPop(out var part); )
        {
            if (part == "..")
            {
                resolved = Path.GetDirectoryName(resolved) ?? resolved;
                continue;
            }

            var next = Path.Combine(resolved, part);
            if (LinkTarget(next) is not { } target || ++links > MaxLinks)
            {
                resolved = next;
                continue;
            }

            var root = Path.GetPathRoot(target) ?? "";
            resolved = root.Length > 0 ? root : resolved;
            foreach (var piece in Split(target[root.Length..]))
            {
                pending.Push(piece);
            }
        }

        return resolved;
    }

    private static string? LinkTarget(string path)
    {
        try
        {
            return new FileInfo(path).LinkTarget;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }

    // Last part first, as a stack wants it.
    private static IEnumerable<string> Split(string path) =>
        path.Split([Path.DirectorySeparatorChar, Path.AltDirectorySeparatorChar], StringSplitOptions.RemoveEmptyEntries)
            .Where(part => part != ".")
            .Reverse();
}
