using System.Text.Json;
using Sage.Agent.Permissions;
using Sage.Agent.ToolCalls;
using Sage.Protocol.Events;
using Sage.Tools.Planning;

namespace Sage.Tools.Tests.Planning;

public sealed class ExitPlanModeToolTests : IDisposable
{
    private readonly ToolBench _bench = new();

    public void Dispose() => _bench.Dispose();

    [Fact]
    public void A_call_says_which_plan_it_is_and_touches_nothing()
    {
        var call = _bench.Accept(new ExitPlanModeTool(), Input("Words.\r\n\r\n## Types\r\n1. Look\r\n"));

        Assert.Equal("Plan: Types", call.Title);
        Assert.Equal(ResourceAccess.None, call.Access);
        Assert.Equal(PermissionKind.Read, call.Permission.Kind);
    }

    [Theory]
    [InlineData(" \n", "`plan` is empty")]
    [InlineData(null, "missing parameter `plan`")]
    public void A_plan_that_says_nothing_is_rejected(string? plan, string expected) =>
        Assert.Contains(
            expected,
            _bench.Reject(new ExitPlanModeTool(), plan is null ? "{}" : Input(plan)),
            StringComparison.Ordinal
        );

    [Fact]
    public void A_plan_that_nobody_would_read_is_rejected_with_what_to_do() =>
        Assert.Contains(
            "has 40001 characters, and may have 40000. Say what will be done",
            _bench.Reject(new ExitPlanModeTool(), Input(new string('x', 40_001))),
            StringComparison.Ordinal
        );

    [Fact]
    public async Task Where_no_plan_can_be_proposed_the_model_is_told()
    {
        var result = await _bench.RunAsync(new ExitPlanModeTool(), Input("1. Look"));

        Assert.Equal((ToolCallStatus.Error, "No plan can be proposed here."), (result.Status, result.Text));
        Assert.False(result.EndsTurn);
    }

    private static string Input(string plan) => JsonSerializer.Serialize(new { plan });
}
