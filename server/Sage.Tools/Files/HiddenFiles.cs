using Sage.Agent.Permissions;
using Sage.Agent.Workspaces;

namespace Sage.Tools.Files;

/// <summary>Files that nothing reads along with others: they may hold secrets, or a rule is about them.</summary>
/// <param name="workspace">Where they are.</param>
/// <param name="policy">The rules of this moment.</param>
public sealed class HiddenFiles(Workspace workspace, PermissionPolicy policy)
{
    /// <summary>False when no rule is about files.</summary>
    public bool HasRules => policy.HidesFiles;

    /// <summary>Why, after "files that": <c>may hold secrets</c>; null for a file like others.</summary>
    /// <param name="fullPath">Absolute.</param>
    public string? WhyHidden(string fullPath) =>
        WhyRuled(fullPath)
        ?? (DelicateFiles.LooksSecret(Path.GetFileName(fullPath.AsSpan())) ? "may hold secrets" : null);

    /// <summary>The same, for a file that was asked for by its name: whoever allowed that knows the name.</summary>
    /// <param name="fullPath">Absolute.</param>
    public string? WhyRuled(string fullPath) =>
        policy.FindHiding(workspace.Display(fullPath)) is { } rule ? $"{rule.Text} in {rule.Source} is about" : null;
}
