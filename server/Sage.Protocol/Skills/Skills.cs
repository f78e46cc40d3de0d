using System.Collections.Immutable;
using MediatR;

namespace Sage.Protocol.Skills;

/// <summary><see cref="Methods.ListSkills"/>: the skills that the model can load. A workspace that is not trusted brings none.</summary>
public sealed record ListSkillsParams : IRequest<ListSkillsResult>;

/// <param name="Skills">In the order of their names.</param>
/// <param name="Problems">What was left out.</param>
public sealed record ListSkillsResult(ImmutableArray<SkillSummary> Skills, ImmutableArray<SkillProblem> Problems);

/// <param name="Name">What the model loads it by.</param>
/// <param name="Description">One line.</param>
/// <param name="Place">Its folder, as people write it: <c>.sage/skills/pdf</c>.</param>
/// <param name="Path">Its SKILL.md; absolute.</param>
/// <param name="IsOfWorkspace">True when the repository brought it, false when it is the user's own.</param>
public sealed record SkillSummary(string Name, string Description, string Place, string Path, bool IsOfWorkspace);

/// <summary>A skill that was left out.</summary>
/// <param name="Text">Which, and why, for people.</param>
/// <param name="Path">Its SKILL.md; absolute.</param>
public sealed record SkillProblem(string Text, string Path);
