using System.Collections.Immutable;
using System.Text;
using Sage.Agent.Extensions;
using Sage.Agent.Subagents;
using Sage.Agent.Workspaces;

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

    private static string Describe(ImmutableArray<SubagentKind> all)
    {
        var text = new StringBuilder(Use);
        var listed = 0;
        foreach (var kind in all)
        {
            var line = $"\n- {kind.Name}: {kind.Description}";
            if (text.Length + line.Length > MostCharacters)
            {
                break;
            }

            text.Append(line);
            listed++;
        }

        return listed == all.Length
            ? text.ToString()
            : text.Append($"\n{all.Length - listed} more are not listed here: start one when the user names it.")
                .ToString();
    }
}
