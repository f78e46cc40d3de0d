using MediatR;
using Sage.Agent.Skills;
using Sage.Protocol.Skills;
using Sage.Server.Handlers.Workspaces;

namespace Sage.Server.Handlers.Skills;

/// <summary>Says which skills the model can load.</summary>
internal sealed class ListSkillsHandler(ISkills skills, OpenFolders folders)
    : IRequestHandler<ListSkillsParams, ListSkillsResult>
{
    public Task<ListSkillsResult> Handle(ListSkillsParams request, CancellationToken cancellationToken) =>
        folders.First is null
            ? Task.FromResult(new ListSkillsResult([], []))
            : Task.Run(() => Describe(skills.Read(folders.Workspace)), cancellationToken);

    private static ListSkillsResult Describe(SkillSet set) => new([.. set.Skills.Select(Describe)], set.Problems);

    private static SkillSummary Describe(Skill skill) =>
        new(skill.Name, skill.Description, skill.Place, Path.Combine(skill.Folder, "SKILL.md"), skill.IsOfWorkspace);
}
