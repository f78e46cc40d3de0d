namespace Sage.Extensibility.Memory;

/// <summary>Where a path in the workspace really leads: a repository must not make us send the user's own files to a model.</summary>
internal static class LinkedPath
{
    private const int MostLinks = 40;

    /// <summary>The same file or folder by its real name; the path itself when it is no link.</summary>
    /// <exception cref="IOException">The links go in a circle.</exception>
    public static string Resolve(string path)
    {
        var links = 0;
        return new FileInfo(path).LinkTarget is null ? path : Resolve(path, ref links);
    }

    /// <summary>As <see cref="Resolve(string)"/>, with every folder on the way looked at, and not only when the last part is a link.</summary>
    /// <exception cref="IOException">The links go in a circle.</exception>
    public static string ResolveWhole(string path)
    {
        var links = 0;
        return Resolve(path, ref links);
    }

    /// <summary>True when a resolved path lies below the root.</summary>
    /// <param name="root">Free of links.</param>
    /// <param name="realPath">From <see cref="Resolve(string)"/>.</param>
    public static bool IsWithin(string root, string realPath)
    {
        var relative = Path.GetRelativePath(root, realPath);
        return relative.Split(Path.DirectorySeparatorChar)[0] != ".." && !Path.IsPathRooted(relative);
    }

    private static string Resolve(string path, ref int links)
    {
        if (Path.GetDirectoryName(path) is not { } parent)
        {
            return path;
        }

        var folder = Resolve(parent, ref links);
        var here = Path.Combine(folder, Path.GetFileName(path));
        if (new FileInfo(here).LinkTarget is not { } target)
        {
            return here;
        }

        return ++links <= MostLinks
            ? Resolve(Path.GetFullPath(target, folder), ref links)
            : throw new IOException("It leads through a circle of symbolic links.");
    }
}
