namespace Sage.Sandbox.Windows.Integrity;

/// <summary>What lies below what on Windows: either slash, any case, no difference between a folder with and without one at its end.</summary>
internal static class WindowsPath
{
    public static string Plain(string path) => path.Replace('/', '\\').TrimEnd('\\');

    /// <summary>True for the folder itself, too.</summary>
    public static bool IsWithin(string path, string folder)
    {
        var (inner, outer) = (Plain(path), Plain(folder));
        return inner.Equals(outer, StringComparison.OrdinalIgnoreCase)
            || inner.StartsWith(outer + '\\', StringComparison.OrdinalIgnoreCase);
    }

    /// <summary>The folders between the two, the upper one first and neither of both included.</summary>
    public static IEnumerable<string> Between(string folder, string path)
    {
        var plain = Plain(path);
        for (
            var end = plain.IndexOf('\\', Math.Min(Plain(folder).Length + 1, plain.Length));
            end > 0;
            end = plain.IndexOf('\\', end + 1)
        )
        {
            yield return plain[..end];
        }
    }
}
