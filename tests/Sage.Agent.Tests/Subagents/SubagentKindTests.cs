using Microsoft.Extensions.AI;
using Sage.Agent.LanguageModels;
using Sage.Agent.Subagents;
using Sage.Protocol.Events;
using Sage.Protocol.Permissions;
using Sage.Protocol.Turns;
using Sage.TestKit.Agents;
using static Sage.TestKit.Agents.ScriptedChatClient;

namespace Sage.Agent.Tests.Subagents;

/// <summary>Kinds that somebody has written.</summary>
public sealed class SubagentKindTests : IAsyncDisposable
{
    private static readonly TimeSpan Soon = TimeSpan.FromSeconds(30);
    private static readonly SubagentKind Reviewer = new("reviewer", "Reviews", "Be strict.");
    private readonly SubagentRig _rig = new();

    public ValueTask DisposeAsync() => _rig.DisposeAsync();

    [Fact]
    public async Task Its_instructions_stand_in_its_system_prompt()
    {
        _rig.Agent.SubagentKinds.All.Add(Reviewer);
        await RunAsync(_ => [new TextContent("fine")]);

        Assert.EndsWith("Be strict.", _rig.Agent.Model.Requests[1][0].Text, StringComparison.Ordinal);
        Assert.StartsWith("[Sub-agent reviewer: completed", Assert.Single(_rig.Results).Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task It_has_only_the_tools_it_names_as_far_as_whoever_starts_it_has_them()
    {
        _rig.Agent.SubagentKinds.All.Add(
            Reviewer with
            {
                Tools = new ToolSelection(["read_file", "fetch_url", "run_subagent"], Without: []),
            }
        );
        await RunAsync(n => n == 0 ? [Call("x", "edit")] : [new TextContent("fine")]);

        Assert.Equal(["read_file"], _rig.Agent.Model.Offers[1].Select(tool => tool.Name));
        Assert.StartsWith(
            "There is no tool named 'edit'",
            Assert.Single(_rig.Inside<ToolCallEnded>("1")).Text,
            StringComparison.Ordinal
        );
    }

    [Fact]
    public async Task One_without_any_tool_can_still_answer()
    {
        _rig.Agent.SubagentKinds.All.Add(Reviewer with { Tools = new ToolSelection([], Without: []) });
        await RunAsync(_ => [new TextContent("fine")]);

        Assert.Empty(_rig.Agent.Model.Offers[1]);
        Assert.EndsWith("fine", Assert.Single(_rig.Results).Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Its_mode_makes_it_stricter_than_the_turn_and_never_looser()
    {
        _rig.Agent.SubagentKinds.All.Add(Reviewer with { Mode = PermissionMode.Full });
        _rig.Agent.Client.OnPermission = (_, _) =>
            Task.FromResult(new PermissionRequestResult(PermissionDecision.Deny));
        await RunAsync(n => n == 0 ? [Call("x", "edit")] : [new TextContent("fine")], PermissionMode.Ask);
        Assert.Equal(ToolCallStatus.Denied, Assert.Single(_rig.Inside<ToolCallEnded>("1")).Status);

        Assert.Equal(PermissionMode.Ask, Assert.Single(_rig.Inside<TurnStarted>("1")).Mode);
    }

    [Fact]
    public async Task It_is_answered_by_the_model_of_its_own_and_makes_no_more_requests_than_it_says()
    {
        var other = new ScriptedChatClient
        {
            Fallback = sent => [Call($"x{sent.Count}", "read_file", new { sent.Count })],
        };
        _rig.Agent.OtherModels["test/small"] = new LanguageModel("test/small", "Small", other, null, null);
        _rig.Agent.SubagentKinds.All.Add(Reviewer with { Model = "test/small", Requests = 3 });
        await RunAsync(_ => [new TextContent("never asked")]);

        Assert.Equal(3, other.Requests.Count);
        Assert.Equal("test/small", Assert.Single(_rig.Inside<TurnStarted>("1")).Model);
        Assert.Equal(ToolCallStatus.Error, Assert.Single(_rig.Results).Status);
    }

    [Fact]
    public async Task A_model_that_there_is_not_is_named_with_the_file_that_wants_it()
    {
        _rig.Agent.SubagentKinds.All.Add(Reviewer with { Model = "test/gone", Place = "~/.sage/agents/reviewer.md" });
        await RunAsync(_ => []);

        Assert.Equal(
            "~/.sage/agents/reviewer.md wants the model test/gone: There is no model test/gone.",
            Assert.Single(_rig.Results).Text
        );
    }

    [Fact]
    public async Task A_kind_that_there_is_not_is_answered_with_those_that_there_are()
    {
        _rig.Agent.SubagentKinds.All.Add(Reviewer with { Name = "other" });
        await RunAsync(_ => []);

        Assert.Equal(
            "There is no kind of sub-agent called reviewer. There are: explore, general, other.",
            Assert.Single(_rig.Results).Text
        );
    }

    [Theory]
    [InlineData("mcp__github__search", true)]
    [InlineData("mcp__gitlab__search", false)]
    [InlineData("search_tools", true)]
    [InlineData("read_file", true)]
    [InlineData("grep", false)]
    [InlineData("mcp__github__delete", false)]
    public void A_star_stands_for_the_tools_of_a_server(string tool, bool has) =>
        Assert.Equal(has, new ToolSelection(["read_file", "mcp__github__*"], ["mcp__github__delete"]).Has(tool));

    private Task<RunTurnResult> RunAsync(Func<int, AIContent[]> answer, PermissionMode mode = PermissionMode.Full)
    {
        _rig.When("look", answer);
        _rig.Agent.Model.Reply(SubagentRig.Start("1", "look", "reviewer"));
        return _rig.Agent.RunAsync("go", mode).WaitAsync(Soon);
    }
}
