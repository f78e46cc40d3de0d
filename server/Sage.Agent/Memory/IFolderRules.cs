using System.Collections.Immutable;
using Sage.Agent.Workspaces;

namespace Sage.Agent.Memory;

/// <summary>Rules that hold in a folder of a workspace and below it. Port: implemented in Sage.Extensibility.</summary>
public interface IFolderRules
{
    /// <summary>
    /// The rules that lie on the way from the root to any of the paths, without those of the root itself, outer ones first. Read from
    /// the disk each time; none where the user does not trust the workspace. Never throws for a bad file.
    /// </summary>
    /// <param name="workspace">Where the session works.</param>
    /// <param name="paths">Absolute files and folders, which need not exist.</param>
    ImmutableArray<FolderRules> Find(Workspace workspace, IEnumerable<string> paths);
}

/// <summary>A file with rules for its folder.</summary>
/// <param name="Path">Absolute.</param>
/// <param name="Name">Relative to the workspace, for people and the model.</param>
/// <param name="Text">With what it imports; for the model.</param>
public sealed record FolderRules(string Path, string Name, string Text);
