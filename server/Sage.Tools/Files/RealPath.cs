namespace Sage.Tools.Files;

/// <summary>Follows symbolic links in every part of a path, the last and dangling ones too.</summary>
public static class RealPath
{
    // The kernel's own limit; more links than this are a circle.
    private const int MostLinks = 40;

    /// <summary>The one name of a file; parts that do not exist are kept as they are, and so is a path whose links go in a circle.</summary>
    /// <param name="fullPath">Absolute and normalised.</param>
    public static string Resolve(string fullPath)
    {
        ArgumentNullException.ThrowIfNull(fullPath);
        return TryResolve(Path.GetPathRoot(fullPath)!, fullPath, out var realPath) ? realPath : fullPath;
    }

    /// <param name="realRoot">A folder known to be free of links; parts below it only are looked at.</param>
    /// <param name="fullPath">Absolute and normalised; need not exist.</param>
    /// <param name="realPath">Where opening the path would end up, or create a file.</param>
    /// <returns>False when links go in a circle.</returns>
    internal static bool TryResolve(string realRoot, string fullPath, out string realPath)
    {
        var current = WorkspacePaths.IsWithin(realRoot, fullPath) ? realRoot : Path.GetPathRoot(fullPath)!;
        var ahead = new Stack<string>();
        Push(ahead, fullPath[current.Length..]);
        realPath = fullPath;
        for (var links = 0; ahead.TryPop(out var part); )
        {
            if (part == "..")
            {
                current = Path.GetDirectoryName(current) ?? current;
                continue;
            }

            var next = Path.Join(current, part);
            if (LinkTarget(next) is not { } target)
            {
                current = next;
            }
            else if (++links > MostLinks)
            {
                return false;
            }
            else
            {
                current = Path.IsPathRooted(target) ? Path.GetPathRoot(target)! : current;
                Push(ahead, Path.IsPathRooted(target) ? target[current.Length..] : target);
            }
        }

        realPath = current;
        return true;
    }

    // What cannot be looked at cannot be opened either.
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

    private static void Push(Stack<string> ahead, string path)
    {
        var parts = path.Split([Path.DirectorySeparatorChar, Path.AltDirectorySeparatorChar]);
        for (var i = parts.Length - 1; i >= 0; i--)
        {
            if (parts[i] is not ("" or "."))
            {
                ahead.Push(parts[i]);
            }
        }
    }
}
