using Sage.Agent.Skills;
using Sage.Agent.Workspaces;
using Sage.Extensibility.Memory;

namespace Sage.Extensibility.Skills;

/// <summary>A folder that may hold a skill.</summary>
/// <param name="Path">Its real path.</param>
/// <param name="Place">As people write it.</param>
/// <param name="IsOfWorkspace">Whether the repository brought it.</param>
internal sealed record SkillFolder(string Path, string Place, bool IsOfWorkspace)
{
    public const string FileName = "SKILL.md";

    private static readonly string[] OfWorkspaces =
    [
        ".sage/skills",
        ".agents/skills",
        ".claude/skills",
        ".github/skills",
    ];

    private static readonly string[] OfHomes = [".agents", ".claude", ".copilot"];

    public string File => System.IO.Path.Combine(Path, FileName);

    /// <summary>What a workspace brings, the stronger first. A link that leads out of it is passed over.</summary>
    public static IEnumerable<SkillFolder> In(Workspace workspace) =>
        OfWorkspaces
            .SelectMany(place => Below(System.IO.Path.Combine(workspace.Root, place), place, isOfWorkspace: true))
            .Where(folder =>
                LinkedPath.IsWithin(workspace.Root, folder.Path)
                && LinkedPath.IsWithin(workspace.Root, LinkedPath.ResolveWhole(folder.File))
            );

    /// <summary>The user's own, the stronger first. Links are followed: people keep such folders elsewhere.</summary>
    public static IEnumerable<SkillFolder> Of(UserFolders user)
    {
        string[] places =
        [
            System.IO.Path.Combine(user.Sage, "skills"),
            .. user.Home.Length == 0 ? [] : OfHomes.Select(place => System.IO.Path.Combine(user.Home, place, "skills")),
        ];
        return places
            .SelectMany(place => Below(place, user.Display(place), isOfWorkspace: false))
            .Where(folder => folder.IsOnlyItself(user));
    }

    /// <summary>What extensions bring.</summary>
    public static IEnumerable<SkillFolder> Of(ExtensionSkills extensions, UserFolders user) =>
        extensions
            .All.Where(skill => System.IO.Path.IsPathFullyQualified(skill.Folder))
            .Select(skill => new SkillFolder(
                LinkedPath.ResolveWhole(skill.Folder),
                PlainText.OneLine(skill.Place),
                IsOfWorkspace: false
            ))
            .Where(folder => folder.IsOnlyItself(user));

    // Tools may read all of a skill: a link to the whole home, or to Sage's, would open it to them.
    private bool IsOnlyItself(UserFolders user) => !Holds(Path, user.Home) && !Holds(Path, user.Sage);

    private static bool Holds(string folder, string place) =>
        place.Length > 0 && LinkedPath.IsWithin(folder, LinkedPath.ResolveWhole(place));

    private static SkillFolder[] Below(string folder, string place, bool isOfWorkspace)
    {
        try
        {
            return
            [
                .. Directory
                    .GetDirectories(folder)
                    .Order(StringComparer.Ordinal)
                    .Select(path => new SkillFolder(
                        LinkedPath.ResolveWhole(path),
                        $"{place}/{PlainText.OneLine(System.IO.Path.GetFileName(path))}",
                        isOfWorkspace
                    ))
                    .Where(found => System.IO.File.Exists(found.File)),
            ];
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            // Not there, or not for us.
            return [];
        }
    }
}
