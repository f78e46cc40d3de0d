using Sage.Protocol.Events;
using Sage.TestKit.Agents;

namespace Sage.Agent.Tests.ToolCalls;

/// <summary>Tools that servers bring along join and leave between requests, and never change what stands before them.</summary>
public sealed class LateToolsTests : IAsyncDisposable
{
    private readonly AgentRig _rig = new();

    public ValueTask DisposeAsync() => _rig.DisposeAsync();

    [Fact]
    public async Task A_tool_that_comes_during_a_turn_can_be_called_from_the_next_request_on()
    {
        _rig.Tools.Add(
            FunctionTool.Answering(
                "zoom",
                _ =>
                {
                    _rig.LateTools.Tools = [Tool("mcp__a__late")];
                    return "came";
                }
            )
        );
        _rig.Model.Reply(ScriptedChatClient.Call("1", "zoom")).Reply(ScriptedChatClient.Call("2", "mcp__a__late"));

        await _rig.RunAsync("go");

        Assert.Equal(
            [
                ["zoom"],
                ["zoom", "mcp__a__late"],
                ["zoom", "mcp__a__late"],
            ],
            Offers()
        );
        Assert.Equal(["came", "mcp__a__late ran"], Results());
    }

    [Fact]
    public async Task Whoever_comes_first_the_built_in_tools_stand_first_and_the_others_by_name()
    {
        _rig.Tools.Add(FunctionTool.Answering("zoom", _ => ""));
        _rig.LateTools.Tools = [Tool("mcp__b__x"), Tool("mcp__a__y")];

        await _rig.RunAsync("go");

        Assert.Equal(
            [
                ["zoom", "mcp__a__y", "mcp__b__x"],
            ],
            Offers()
        );
    }

    [Fact]
    public async Task A_late_tool_never_takes_the_place_of_a_built_in_one()
    {
        _rig.Tools.Add(FunctionTool.Answering("zoom", _ => "ours"));
        _rig.LateTools.Tools = [Tool("zoom")];
        _rig.Model.Reply(ScriptedChatClient.Call("1", "zoom"));

        await _rig.RunAsync("go");

        Assert.Equal(["ours"], Results());
    }

    [Fact]
    public async Task A_tool_that_is_withheld_is_not_offered_and_whoever_remembers_it_is_told_why()
    {
        _rig.LateTools.Withheld =
        [
            new FunctionTool("mcp__a__off", (_, _, _) => throw new InvalidOperationException())
            {
                Refusal = "It is switched off.",
            },
        ];
        _rig.Model.Reply(ScriptedChatClient.Call("1", "mcp__a__off"));

        await _rig.RunAsync("go");

        Assert.DoesNotContain("mcp__a__off", Offers().SelectMany(names => names));
        Assert.Contains("It is switched off.", Assert.Single(Results()), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_problem_is_told_once_a_session()
    {
        _rig.LateTools.Problems = ["The server x does not start."];
        var session = await _rig.NewSessionAsync();

        await AgentRig.RunAsync(session, "one");
        await AgentRig.RunAsync(session, "two");

        Assert.Equal(["The server x does not start."], _rig.Client.Events.OfType<Notice>().Select(told => told.Text));
    }

    [Fact]
    public async Task Too_many_are_found_by_searching_and_offered_from_then_on()
    {
        _rig.LateTools.Tools = [Tool("mcp__git__list_issues"), Tool("mcp__git__close_issue"), Tool("mcp__web__draw")];
        _rig.LateTools.MostTokens = 10;
        _rig.Model.Reply(ScriptedChatClient.Call("1", "search_tools", new { query = "draw something" }))
            .Reply(ScriptedChatClient.Call("2", "mcp__web__draw"));

        await _rig.RunAsync("go");

        Assert.Equal(
            [
                ["search_tools"],
                ["search_tools", "mcp__web__draw"],
                ["search_tools", "mcp__web__draw"],
            ],
            Offers()
        );
        Assert.Contains(
            "mcp__web__draw: A tool for tests.\n{\"type\":\"object\"}",
            Results()[0],
            StringComparison.Ordinal
        );
        Assert.DoesNotContain("issue", Results()[0], StringComparison.Ordinal);
        Assert.Equal("mcp__web__draw ran", Results()[1]);
    }

    [Fact]
    public async Task The_search_says_which_servers_there_are_and_that_it_found_nothing()
    {
        _rig.LateTools.Tools = [Tool("mcp__git__a"), Tool("mcp__git__b"), Tool("mcp__web__c")];
        _rig.LateTools.MostTokens = 10;
        _rig.Model.Reply(ScriptedChatClient.Call("1", "search_tools", new { query = "xylophone" }))
            .Reply(ScriptedChatClient.Call("2", "search_tools", new { words = "x" }));

        await _rig.RunAsync("go");

        Assert.Contains("git (2), web (1)", _rig.Model.Offers[0].Single().Description, StringComparison.Ordinal);
        Assert.StartsWith("No tool matches. There are 3", Results()[0], StringComparison.Ordinal);
        Assert.Contains("`query` must be a text", Results()[1], StringComparison.Ordinal);
    }

    private static FunctionTool Tool(string name) => FunctionTool.Answering(name, _ => $"{name} ran");

    private List<string[]> Offers() =>
        [.. _rig.Model.Offers.Select(offered => offered.Select(tool => tool.Name).ToArray())];

    private List<string> Results() => [.. _rig.Client.Events.OfType<ToolCallEnded>().Select(ended => ended.Text)];
}
