namespace Sage.Tools.Walking;

/// <summary>Paths below a folder, with forward slashes.</summary>
internal static class RelativePath
{
    public static string Of(string folder, string fullPath)
    {
        var relative = fullPath[folder.Length..].TrimStart(Path.DirectorySeparatorChar);
        return Path.DirectorySeparatorChar == '/' ? relative : relative.Replace('\\', '/');
    }
}
