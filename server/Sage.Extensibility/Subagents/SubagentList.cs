using System.Collections.Immutable;
using Sage.Agent.Extensions;
using Sage.Agent.Subagents;
using Sage.Agent.Workspaces;
using Sage.Extensibility.Markdown;

namespace Sage.Extensibility.Subagents;

/// <summary>Tells the model which kinds of sub-agents there are beside the built-in ones: a line for each.</summary>
internal sealed class SubagentList(ISubagentKinds kinds) : IPromptSource
{
    private const int MostCharacters = 8_000;

    private const string Use = "Kinds that run_subagent takes beside explore and general, with what each is for:";

    public Task<ImmutableArray<PromptSection>> ReadAsync(
        Workspace workspace,
        DateTimeOffset sessionStarted,
        CancellationToken cancellationToken
    ) => Task.Run(() => Sections(kinds.Read(workspace)), cancellationToken);

    private static ImmutableArray<PromptSection> Sections(SubagentKindSet set) =>
        set is { Kinds: [], Problems: [] }
            ? []
            :
            [
                new PromptSection("Sub-agents", set.Kinds.IsEmpty ? "" : Describe(set.Kinds))
                {
                    IsForSubagents = false,
                    Notices = [.. set.Problems.Select(static problem => problem.Text)],
                },
            ];

    private static string Describe(ImmutableArray<SubagentKind> all) =>
        NamedLines.Of(
            Use,
            [.. all.Select(static kind => (kind.Name, kind.Description))],
            MostCharacters,
            "start one when the user names it"
        );
}
