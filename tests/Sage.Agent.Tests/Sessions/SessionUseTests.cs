using Microsoft.Extensions.AI;
using Sage.Protocol.Sessions;
using Sage.TestKit.Agents;
using static Sage.TestKit.Agents.ScriptedChatClient;

namespace Sage.Agent.Tests.Sessions;

/// <summary>What a session says it takes and costs is what was sent and counted.</summary>
public sealed class SessionUseTests
{
    [Fact]
    public async Task The_parts_of_the_context_are_those_of_the_next_request_measured_with_the_last()
    {
        await using var rig = Rig();
        rig.ContextWindow = 100_000;
        var session = await rig.NewSessionAsync();
        var before = await session.Use.DescribeContextAsync(default);
        await AgentRig.RunAsync(session, "read it " + new string('p', 400));

        var after = await session.Use.DescribeContextAsync(default);

        Assert.False(before.IsMeasured);
        Assert.Equal([ContextPartKind.Instructions, ContextPartKind.Tools], before.Parts.Select(part => part.Kind));
        Assert.True(after.IsMeasured);
        Assert.Equal(("test/scripted", 100_000, 80_000L), (after.Model, after.Window, after.CompactsAt));
        Assert.Equal(
            [
                ContextPartKind.Instructions,
                ContextPartKind.Tools,
                ContextPartKind.Prompts,
                ContextPartKind.Replies,
                ContextPartKind.ToolResults,
            ],
            after.Parts.Select(part => part.Kind)
        );
        long Tokens(ContextPartKind kind) => after.Parts.Single(part => part.Kind == kind).Tokens;
        Assert.True(Tokens(ContextPartKind.ToolResults) > 5 * Tokens(ContextPartKind.Prompts));
        // The last request was counted as 6,000; since then the last words have come.
        Assert.InRange(after.Parts.Sum(part => part.Tokens), 5_900, 6_200);
    }

    [Fact]
    public async Task The_cost_is_told_by_purpose_and_model_also_after_it_is_opened_again()
    {
        await using var rig = Rig();
        rig.Price = new(10, 100);
        rig.Journals.WantsSnapshots = true;
        var session = await rig.NewSessionAsync();
        await AgentRig.RunAsync(session, "read it");
        var before = session.Use.DescribeCost();

        await rig.RestartAsync();
        var after = (await rig.Sessions.OpenAsync(rig.Workspace, session.Id, default)).Use.DescribeCost();

        var line = Assert.Single(before.Lines);
        Assert.Equal((CostPurpose.Replies, "test/scripted", 2), (line.Purpose, line.Model, line.Requests));
        Assert.Equal((9_000L, 0.09m), (line.Usage.InputTokens, line.Usage.Cost));
        Assert.Equal(before.Lines.AsEnumerable(), after.Lines);
    }

    private static AgentRig Rig()
    {
        var rig = new AgentRig();
        rig.Tools.Add(FunctionTool.Answering("read", _ => new string('r', 8_000)));
        rig.Model.Reply(Call("c1", "read"), Used(3_000));
        rig.Model.Reply(new TextContent("Read."), Used(6_000));
        return rig;
    }

    private static UsageContent Used(long input) =>
        new(new UsageDetails { InputTokenCount = input, OutputTokenCount = 0 });
}
