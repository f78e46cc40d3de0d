using System.Text.Json;
using Sage.Providers.Demo;

namespace Sage.Providers.Tests.Demo.Planning;

/// <summary>The demo in plan mode: it proposes what it would change, takes up what is said, and does what was accepted.</summary>
public sealed class PlanRuleTests
{
    private const string Revise =
        "The user wants another plan; this is still plan mode.\n\nOn line 5 of the plan:\n> 1. Edit\nWhy this one?";
    private const string Accept = "The user has accepted the plan.";

    private readonly PaperWorkspace _workspace = new(
        new() { ["src/box.ts"] = "export class Box {\n  lenght = 1;\n}\n" }
    );
    private readonly Queue<(string, bool)> _answers = new();
    private readonly List<string> _plans = [];

    [Fact]
    public async Task It_proposes_takes_up_a_comment_and_changes_only_what_was_accepted()
    {
        _answers.Enqueue((Revise, true));
        _answers.Enqueue((Accept, false));
        var chat = Chat("exit_plan_mode", "update_plan");

        var last = await chat.SayAsync("fix typos");

        Assert.Equal(
            ["grep", "grep", "read_file", "exit_plan_mode", "exit_plan_mode", "edit_file", "update_plan"],
            chat.Rounds.SelectMany(round => round).Select(call => call.Name)
        );
        Assert.Contains(
            "1. Edit `src/box.ts`: `lenght = 1;` becomes `length = 1;`",
            _plans[0],
            StringComparison.Ordinal
        );
        Assert.DoesNotContain("You said", _plans[0], StringComparison.Ordinal);
        Assert.EndsWith("You said: Why this one?", _plans[1], StringComparison.Ordinal);
        Assert.Contains("length", _workspace.Files["src/box.ts"], StringComparison.Ordinal);
        Assert.StartsWith("Fixed in", last, StringComparison.Ordinal);
        var items = JsonElement.Parse(chat.Rounds[^1][0].Arguments).GetProperty("items");
        Assert.Equal(2, items.GetArrayLength());
        Assert.All(items.EnumerateArray(), item => Assert.Equal("completed", item.GetProperty("status").GetString()));
    }

    [Fact]
    public async Task Where_there_is_nothing_to_change_it_proposes_nothing()
    {
        var chat = Chat("exit_plan_mode");

        await chat.SayAsync("find box");

        Assert.Empty(_plans);
    }

    [Fact]
    public async Task Without_the_tool_it_only_says_what_it_would_change()
    {
        var chat = Chat();

        Assert.Contains("I may not change it", await chat.SayAsync("fix typos"), StringComparison.Ordinal);
    }

    private DemoConversation Chat(params string[] moreTools) =>
        new()
        {
            SystemPrompt = "Plan mode: only reads are allowed until the user has accepted a plan.",
            MoreTools = moreTools,
            Tools = Answer,
        };

    private (string, bool) Answer(DemoCall call)
    {
        if (call.Name == "update_plan")
        {
            return ("Plan updated.", false);
        }

        if (call.Name != "exit_plan_mode")
        {
            return _workspace.Answer(call);
        }

        _plans.Add(JsonElement.Parse(call.Arguments).GetProperty("plan").GetString()!);
        return _answers.Dequeue();
    }
}
