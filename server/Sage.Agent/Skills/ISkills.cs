using System.Collections.Immutable;
using Sage.Agent.Workspaces;
using Sage.Protocol.Skills;

namespace Sage.Agent.Skills;

/// <summary>
/// Instructions that people keep for tasks of a kind. Read from the disk each time, so that a change holds at once.
/// Port: implemented in Sage.Extensibility.
/// </summary>
public interface ISkills
{
    /// <summary>All that hold in a workspace, in the order of their names. Never throws for a bad file.</summary>
    SkillSet Read(Workspace workspace);

    /// <summary>The whole of one; null when it is gone.</summary>
    /// <exception cref="IOException">It cannot be read.</exception>
    LoadedSkill? Load(Skill skill);

    /// <summary>The real folders of skills outside every workspace, the user's own and those of extensions: tools may read below them, never write.</summary>
    IEnumerable<string> OutsideFolders();
}

/// <param name="Skills">Each name once, in order.</param>
/// <param name="Problems">For the user: what was left out, and why.</param>
public sealed record SkillSet(ImmutableArray<Skill> Skills, ImmutableArray<SkillProblem> Problems);

/// <summary>One skill, as far as it is always known.</summary>
/// <param name="Name">What the model loads it by.</param>
/// <param name="Description">One line: what it is for, and when.</param>
/// <param name="Folder">Where it really is; absolute.</param>
/// <param name="Place">Where it is, as people write it: <c>.sage/skills/pdf</c>, <c>~/.claude/skills/pdf</c>.</param>
/// <param name="IsOfWorkspace">True when the repository brought it, false when it is the user's own or that of an extension they installed.</param>
public sealed record Skill(string Name, string Description, string Folder, string Place, bool IsOfWorkspace);

/// <param name="Text">The instructions.</param>
/// <param name="Files">What else is in its folder, with forward slashes, in order.</param>
/// <param name="HasMoreFiles">True when the list is cut.</param>
public sealed record LoadedSkill(string Text, ImmutableArray<string> Files, bool HasMoreFiles);
