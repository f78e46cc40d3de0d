using Sage.Agent.Workspaces;

namespace Sage.Tools.Files;

/// <summary>Finds what a model probably meant by a path that does not exist.</summary>
internal static class ClosestNames
{
    private const int MostSeen = 20_000;
    private const int MostShown = 3;

    private static readonly EnumerationOptions Shallow = new() { IgnoreInaccessible = true, AttributesToSkip = 0 };

    private static readonly EnumerationOptions Deep = new()
    {
        IgnoreInaccessible = true,
        RecurseSubdirectories = true,
        MaxRecursionDepth = 12,
        AttributesToSkip = FileAttributes.ReparsePoint,
    };

    /// <summary><c>src/ap.ts does not exist. Did you mean src/app.ts?</c></summary>
    public static string Missing(Workspace workspace, string fullPath)
    {
        var found = Find(workspace, fullPath).Distinct(StringComparer.Ordinal).Take(MostShown).ToArray();
        var hint = found.Length > 0 ? $" Did you mean {string.Join(" or ", found)}?" : "";
        return $"{workspace.Display(fullPath)} does not exist.{hint}";
    }

    private static IEnumerable<string> Find(Workspace workspace, string fullPath)
    {
        var name = Path.GetFileName(fullPath);
        var folder = Path.GetDirectoryName(fullPath);
        if (folder is not null && WorkspacePaths.IsWithin(workspace.Root, folder) && Directory.Exists(folder))
        {
            var siblings = Directory
                .EnumerateFileSystemEntries(folder, "*", Shallow)
                .Take(MostSeen)
                .Select(path => (Path: path, Distance: Distance(name, Path.GetFileName(path))))
                .Where(entry => entry.Distance <= Math.Max(2, name.Length / 3))
                .OrderBy(static entry => entry.Distance)
                .ThenBy(static entry => entry.Path, StringComparer.Ordinal);
            foreach (var (path, _) in siblings)
            {
                yield return workspace.Display(path);
            }
        }

        var namesakes = Directory
            .EnumerateFileSystemEntries(workspace.Root, "*", Deep)
            .Take(MostSeen)
            .Where(path => Path.GetFileName(path.AsSpan()).Equals(name, StringComparison.OrdinalIgnoreCase))
            .Where(static path => !path.Contains("/node_modules/", StringComparison.Ordinal))
            .Order(StringComparer.Ordinal);
        foreach (var path in namesakes)
        {
            yield return workspace.Display(path);
        }
    }

    /// <summary>Edit distance, ignoring case.</summary>
    internal static int Distance(string left, string right)
    {
        if (Math.Abs(left.Length - right.Length) > left.Length)
        {
            return int.MaxValue;
        }

        var row = new int[right.Length + 1];
        for (var j = 0; j < row.Length; j++)
        {
            row[j] = j;
        }

        for (var i = 1; i <= left.Length; i++)
        {
            var diagonal = row[0];
            row[0] = i;
            for (var j = 1; j <= right.Length; j++)
            {
                var same = char.ToLowerInvariant(left[i - 1]) == char.ToLowerInvariant(right[j - 1]);
                var cost = Math.Min(Math.Min(row[j], row[j - 1]) + 1, diagonal + (same ? 0 : 1));
                (diagonal, row[j]) = (row[j], cost);
            }
        }

        return row[^1];
    }
}
