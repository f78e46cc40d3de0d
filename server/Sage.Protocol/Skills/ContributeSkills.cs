using System.Collections.Immutable;
using MediatR;

namespace Sage.Protocol.Skills;

/// <summary><see cref="Methods.ContributeSkills"/>: all skills that the editor's extensions bring, in place of those told before.</summary>
/// <param name="Skills">In the order in which they count.</param>
public sealed record ContributeSkillsParams(ImmutableArray<ContributedSkill> Skills) : IRequest<Done>;

/// <param name="Folder">Where its <c>SKILL.md</c> is; absolute.</param>
/// <param name="Place">As people write it: <c>publisher.name/skills/pdf</c>.</param>
public sealed record ContributedSkill(string Folder, string Place);
