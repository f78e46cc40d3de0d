using Sage.Agent.Skills;
using Sage.Agent.Workspaces;

namespace Sage.TestKit.Fakes;

/// <summary>Skills in memory.</summary>
public sealed class FakeSkills : ISkills
{
    public Dictionary<Skill, LoadedSkill> All { get; } = [];

    public List<string> Folders { get; } = [];

    public SkillSet Read(Workspace workspace) => new([.. All.Keys], []);

    public LoadedSkill? Load(Skill skill) => All.GetValueOrDefault(skill);

    public IEnumerable<string> OutsideFolders() => Folders;
}
