using Sage.Server.Handlers.Documents;
using Sage.Server.Handlers.Workspaces;
using Sage.Tools.Files;

namespace Sage.Server.Handlers.EditorKnowledge;

/// <summary>
/// Translates between paths as tools know them, with symbolic links resolved, and as the editor does: the folder that is open may be
/// a link, or lie behind one.
/// </summary>
internal sealed class EditorPaths(OpenFolders folders, OpenDocuments documents)
{
    public string ToEditor(string path) =>
        documents.FindEditorPath(path) ?? (Roots() is var (given, real) ? Moved(path, real, given) : path);

    /// <summary>A URI of what is no file stays as it is.</summary>
    public string FromEditor(string path)
    {
        var upper =
            OperatingSystem.IsWindows() && path is [var drive, ':', ..]
                ? char.ToUpperInvariant(drive) + path[1..]
                : path;
        return Roots() is var (given, real) ? Moved(upper, given, real) : upper;
    }

    private (string Given, string Real)? Roots()
    {
        if (folders.First is not { } first)
        {
            return null;
        }

        var given = Path.TrimEndingDirectorySeparator(Path.GetFullPath(first));
        return (given, RealPath.Resolve(given));
    }

    private static string Moved(string path, string from, string to) =>
        from != to && WorkspacePaths.IsWithin(from, path) ? to + path[from.Length..] : path;
}
