using Sage.Tools.Files;

namespace Sage.Tools.Walking;

/// <summary>The ignore rules that hold in one folder: its own, and those of the folders above it.</summary>
internal sealed class IgnoreScope
{
    private const string FileName = ".gitignore";

    /// <summary>What version control keeps for itself.</summary>
    internal static readonly string[] NeverListed = [".git", ".hg", ".svn", ".jj"];

    private readonly IgnoreScope? _parent;
    private readonly string _folder;
    private readonly IgnoreRules _rules;

    private IgnoreScope(IgnoreScope? parent, string folder, IgnoreRules rules) =>
        (_parent, _folder, _rules) = (parent, folder, rules);

    /// <summary>The rules that git would apply in this folder, up to the top of its repository.</summary>
    /// <param name="folder">Absolute; a folder without a repository obeys the <c>.gitignore</c> files it holds.</param>
    /// <param name="root">Where to start when there is no repository.</param>
    public static IgnoreScope Of(string folder, string root)
    {
        var top = RepositoryOf(folder) ?? (WorkspacePaths.IsWithin(root, folder) ? root : folder);
        IgnoreScope? scope = ExcludeFileOf(top) is { } exclude
            ? new IgnoreScope(null, top, IgnoreRules.Read(exclude))
            : null;
        foreach (var ancestor in FoldersFrom(top, folder))
        {
            scope = new IgnoreScope(scope, ancestor, IgnoreRules.Read(Path.Combine(ancestor, FileName)));
        }

        return scope!;
    }

    /// <summary>The rules in a folder directly below this one.</summary>
    public IgnoreScope Enter(string folder)
    {
        var rules = IgnoreRules.Read(Path.Combine(folder, FileName));
        return rules.IsEmpty ? this : new IgnoreScope(this, folder, rules);
    }

    /// <summary>False when nothing is ignored here but what version control keeps for itself.</summary>
    public bool HasRules => !_rules.IsEmpty || _parent is { HasRules: true };

    public static bool IsNeverListed(ReadOnlySpan<char> name)
    {
        foreach (var kept in NeverListed)
        {
            if (name.Equals(kept, StringComparison.OrdinalIgnoreCase))
            {
                return true;
            }
        }

        return false;
    }

    /// <param name="fullPath">Below the folder of this scope; its folders are not ignored themselves.</param>
    public bool Ignores(string fullPath, bool isFolder)
    {
        if (IsNeverListed(Path.GetFileName(fullPath.AsSpan())))
        {
            return true;
        }

        for (var scope = this; scope is not null; scope = scope._parent)
        {
            var verdict = scope._rules.IsEmpty
                ? IgnoreVerdict.Silent
                : scope._rules.Judge(RelativeTo(scope._folder, fullPath), isFolder);
            if (verdict != IgnoreVerdict.Silent)
            {
                return verdict == IgnoreVerdict.Ignored;
            }
        }

        return false;
    }

    private static ReadOnlySpan<char> RelativeTo(string folder, string fullPath)
    {
        var relative = fullPath.AsSpan(folder.Length).TrimStart(Path.DirectorySeparatorChar);
        return Path.DirectorySeparatorChar == '/' ? relative : relative.ToString().Replace('\\', '/');
    }

    private static string? RepositoryOf(string folder)
    {
        for (var current = folder; current is not null; current = Path.GetDirectoryName(current))
        {
            if (Path.Exists(Path.Combine(current, ".git")))
            {
                return current;
            }
        }

        return null;
    }

    private static string? ExcludeFileOf(string top)
    {
        var exclude = Path.Combine(top, ".git", "info", "exclude");
        return File.Exists(exclude) ? exclude : null;
    }

    private static Stack<string> FoldersFrom(string top, string folder)
    {
        Stack<string> folders = new([folder]);
        while (folders.Peek() != top && Path.GetDirectoryName(folders.Peek()) is { } parent)
        {
            folders.Push(parent);
        }

        return folders;
    }
}
