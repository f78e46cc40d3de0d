using System.Collections.Immutable;
using Sage.Protocol.Skills;

namespace Sage.Agent.Skills;

/// <summary>The skills that the editor's extensions bring, as the editor told of them last. None without an editor.</summary>
public sealed class ExtensionSkills
{
    /// <summary>In the order in which they count.</summary>
    public ImmutableArray<ContributedSkill> All { get; set; } = [];
}
