using System.Collections.Immutable;
using Sage.Agent.Memory;
using Sage.Agent.Permissions;
using Sage.Agent.Workspaces;

namespace Sage.Extensibility.Memory.Rules;

/// <summary>AGENTS.md and its like below the root of a workspace.</summary>
internal sealed class FolderRuleFiles(UserFolders user, WorkspaceTrust trust) : IFolderRules
{
    // Who trusts a workspace does not mean everybody whose package is installed in it.
    private static readonly HashSet<string> OfOthers = new(StringComparer.OrdinalIgnoreCase)
    {
        "node_modules",
        "bower_components",
        "vendor",
        "third_party",
        "site-packages",
        "venv",
    };

    public ImmutableArray<FolderRules> Find(Workspace workspace, IEnumerable<string> paths) =>
        trust.IsGranted
            ?
            [
                .. paths
                    .SelectMany(path => FoldersTo(workspace.Root, path))
                    .Distinct(StringComparer.Ordinal)
                    .Order(StringComparer.Ordinal)
                    .SelectMany(folder => RuleFile.ReadAll(RulePlace.InFolder(workspace, folder), user))
                    .Select(static file => new FolderRules(
                        file.Text.Place.Path,
                        PlainText.OneLine(file.Text.Place.Name),
                        file.ForModel
                    )),
            ]
            : [];

    /// <summary>Relative to the root, with forward slashes; up to where somebody else's begins.</summary>
    private static IEnumerable<string> FoldersTo(string root, string path)
    {
        var folder = "";
        foreach (var name in LinkedPath.IsWithin(root, path) ? Path.GetRelativePath(root, path).Split(Separators) : [])
        {
            folder = folder.Length == 0 ? name : $"{folder}/{name}";
            // A repository inside of this one, or a submodule, was written by others as well.
            if (name is ['.', ..] || OfOthers.Contains(name) || Path.Exists(Path.Combine(root, folder, ".git")))
            {
                yield break;
            }

            yield return folder;
        }
    }

    private static readonly char[] Separators = [Path.DirectorySeparatorChar, Path.AltDirectorySeparatorChar];
}
