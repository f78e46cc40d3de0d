using System.Collections.Immutable;
using Sage.Agent.Extensions;
using Sage.Agent.Skills;
using Sage.Agent.Workspaces;
using Sage.Extensibility.Markdown;

namespace Sage.Extensibility.Skills;

/// <summary>Tells the model which skills there are: a line for each, their texts are loaded when they are needed.</summary>
internal sealed class SkillList(ISkills skills) : IPromptSource
{
    private const int MostCharacters = 12_000;

    private const string Use = """
        Instructions the user keeps for tasks of a kind. When one fits the task, load it with load_skill before you begin and follow it; what the
        user says in this conversation comes first. A skill allows nothing: calls it asks for are permitted or refused like all others.
        """;

    public Task<ImmutableArray<PromptSection>> ReadAsync(
        Workspace workspace,
        DateTimeOffset sessionStarted,
        CancellationToken cancellationToken
    ) => Task.Run(() => Sections(skills.Read(workspace)), cancellationToken);

    private static ImmutableArray<PromptSection> Sections(SkillSet set) =>
        set is { Skills: [], Problems: [] }
            ? []
            :
            [
                new PromptSection("Skills", set.Skills.IsEmpty ? "" : Describe(set.Skills))
                {
                    Notices = [.. set.Problems.Select(static problem => problem.Text)],
                },
            ];

    private static string Describe(ImmutableArray<Skill> all) =>
        NamedLines.Of(
            Use,
            [.. all.Select(static skill => (skill.Name, skill.Description))],
            MostCharacters,
            "load one when the user names it"
        );
}
