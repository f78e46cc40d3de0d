using Sage.Agent.Workspaces;
using Sage.Protocol.Memory;

namespace Sage.Extensibility.Memory.Rules;

/// <summary>Where rules for an agent may stand.</summary>
/// <param name="Path">Absolute.</param>
/// <param name="Name">As people write it.</param>
/// <param name="Root">What it may not lead out of; null for the user's own, which may.</param>
internal sealed record RulePlace(string Path, string Name, string? Root)
{
    private static readonly string[] Names = ["AGENTS.md", "SAGE.md", "CLAUDE.md"];

    public MemorySource Source => Root is null ? MemorySource.User : MemorySource.Workspace;

    /// <summary>The user's, for every workspace.</summary>
    public static IEnumerable<RulePlace> Of(UserFolders user)
    {
        yield return Own(System.IO.Path.Combine(user.Sage, "AGENTS.md"));
        if (user.Home.Length > 0)
        {
            yield return Own(System.IO.Path.Combine(user.Home, ".claude", "CLAUDE.md"));
        }

        RulePlace Own(string path) => new(path, user.Display(path), Root: null);
    }

    /// <summary>Those of a workspace as a whole.</summary>
    public static IEnumerable<RulePlace> In(Workspace workspace) =>
        Names.Prepend(".github/copilot-instructions.md").Select(name => In(workspace, name));

    /// <summary>Those of a folder of a workspace.</summary>
    /// <param name="workspace">Where it lies.</param>
    /// <param name="folder">Relative to the root, with forward slashes.</param>
    public static IEnumerable<RulePlace> InFolder(Workspace workspace, string folder) =>
        Names.Select(name => In(workspace, $"{folder}/{name}"));

    /// <summary>The one that is there; when there is none, the one that most agents read.</summary>
    public static RulePlace ToRemember(Workspace workspace)
    {
        var places = Names.Select(name => In(workspace, name)).ToList();
        return places.Find(static place => File.Exists(place.Path)) ?? places[0];
    }

    /// <param name="workspace">Where it lies.</param>
    /// <param name="name">Relative to the root, with forward slashes.</param>
    public static RulePlace In(Workspace workspace, string name) =>
        new(System.IO.Path.Combine(workspace.Root, name), name, workspace.Root);
}
