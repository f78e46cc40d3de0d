using System.Text.Json;
using Sage.Agent.Permissions;
using Sage.Agent.ToolCalls;
using Sage.Protocol.Events;
using Sage.Protocol.Permissions;
using Sage.TestKit.Agents;
using static Sage.TestKit.Agents.ScriptedChatClient;

namespace Sage.Agent.Tests.Permissions;

/// <summary>What becomes of a call whose arguments the user changes in the prompt.</summary>
public sealed class ChangedArgumentsTests
{
    [Fact]
    public async Task The_user_may_put_other_arguments_in_place_of_the_models()
    {
        await using var rig = RigWith(input => $"ran {input}");
        rig.Client.OnPermission = (_, _) =>
            Task.FromResult(
                new PermissionRequestResult(
                    PermissionDecision.Allow,
                    GrantScope.Session,
                    Input: JsonElement.Parse("""{"safe":true}""")
                )
            );
        rig.Model.Reply(Call("1", "act", new { safe = false })).Reply(Call("2", "act", new { safe = false }));
        await rig.RunAsync("go", PermissionMode.Ask);

        Assert.Equal(2, rig.Client.Of<PermissionAsked>().Count());
        Assert.Equal(
            "The user changed the arguments of this call to {\"safe\":true}\n\nran {\"safe\":true}",
            rig.Client.Of<ToolCallEnded>().First().Text
        );
        Assert.Equal("""{"safe":true}""", rig.Client.Of<PermissionAnswered>().First().Input.ToString());
    }

    [Fact]
    public async Task Other_arguments_are_checked_again()
    {
        await using var rig = RigWith(_ => "ran");
        rig.Rules.Policy = Denying("act({\"safe\":*})");
        rig.Client.OnPermission = (_, _) =>
            Task.FromResult(
                new PermissionRequestResult(PermissionDecision.Allow, Input: JsonElement.Parse("""{"safe":false}"""))
            );
        rig.Model.Reply(Call("1", "act", new { other = 1 }));
        await rig.RunAsync("go", PermissionMode.Ask);

        var result = Assert.Single(rig.Client.Of<ToolCallEnded>());
        Assert.Equal(ToolCallStatus.Denied, result.Status);
    }

    [Theory]
    [InlineData("none", "all", 2)]
    [InlineData("some", "all", 2)]
    [InlineData("all", "all", 1)]
    [InlineData("all", "none", 1)]
    public async Task What_other_arguments_would_do_is_asked_about_unless_the_user_was_told(
        string first,
        string second,
        int asked
    )
    {
        await using var rig = new AgentRig();
        rig.Tools.Add(
            new FunctionTool("act", (input, _, _) => Task.FromResult(ToolResult.Ok($"ran {input}")))
            {
                Kind = PermissionKind.Execute,
                Preflight = input =>
                    input.GetProperty("delete").GetString() is var what && what == "none"
                        ? Preflight.None
                        : Preflight.None with
                        {
                            Danger = new Danger($"It deletes {what}.", DangerLevel.Grave),
                        },
            }
        );
        var requests = new List<PermissionRequestParams>();
        rig.Client.OnPermission = (request, _) =>
        {
            requests.Add(request);
            var input = JsonSerializer.SerializeToElement(new { delete = second, changed = true });
            return Task.FromResult(new PermissionRequestResult(PermissionDecision.Allow, Input: input));
        };
        rig.Model.Reply(Call("1", "act", new { delete = first }));
        await rig.RunAsync("go", PermissionMode.Ask);

        Assert.Equal(asked, requests.Count);
        Assert.EndsWith(
            $"ran {{\"delete\":\"{second}\",\"changed\":true}}",
            Assert.Single(rig.Client.Of<ToolCallEnded>()).Text,
            StringComparison.Ordinal
        );
        if (asked == 2)
        {
            Assert.Equal("It deletes all.", requests[1].Danger);
            Assert.Equal(second, requests[1].Input.GetProperty("delete").GetString());
        }
    }

    [Fact]
    public async Task A_user_may_still_say_no_to_what_they_changed()
    {
        await using var rig = new AgentRig();
        rig.Tools.Add(
            new FunctionTool("act", (_, _, _) => Task.FromResult(ToolResult.Ok("ran")))
            {
                Kind = PermissionKind.Execute,
                Preflight = input =>
                    Preflight.None with
                    {
                        Danger = new Danger($"It deletes {input}.", DangerLevel.Grave),
                    },
            }
        );
        var asked = 0;
        rig.Client.OnPermission = (_, _) =>
            Task.FromResult(
                asked++ == 0
                    ? new PermissionRequestResult(PermissionDecision.Allow, Input: JsonElement.Parse("{}"))
                    : new PermissionRequestResult(PermissionDecision.Deny, Reason: "I mistyped it")
            );
        rig.Model.Reply(Call("1", "act", new { path = "/a" }));
        await rig.RunAsync("go", PermissionMode.Ask);

        var result = Assert.Single(rig.Client.Of<ToolCallEnded>());
        Assert.Equal((2, ToolCallStatus.Denied), (asked, result.Status));
        Assert.Contains("I mistyped it", result.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Other_arguments_must_not_touch_what_later_calls_do_not_wait_for()
    {
        await using var rig = new AgentRig();
        rig.Tools.Add(
            new FunctionTool("act", (_, _, _) => Task.FromResult(ToolResult.Ok("ran")))
            {
                Kind = PermissionKind.Edit,
                Access = input => ResourceAccess.Write(input.GetProperty("path").GetString()!),
            }
        );
        rig.Client.OnPermission = (_, _) =>
            Task.FromResult(
                new PermissionRequestResult(PermissionDecision.Allow, Input: JsonElement.Parse("""{"path":"/b"}"""))
            );
        rig.Model.Reply(Call("1", "act", new { path = "/a" }));
        await rig.RunAsync("go", PermissionMode.Ask);

        var result = Assert.Single(rig.Client.Of<ToolCallEnded>());
        Assert.Equal(ToolCallStatus.Error, result.Status);
        Assert.Contains("touches other files", result.Text, StringComparison.Ordinal);
    }

    private static PermissionPolicy Denying(string rule) =>
        new([PermissionRule.TryParse(rule, RuleEffect.Deny, new RuleSource(RuleSourceKind.User))!]);

    private static AgentRig RigWith(Func<JsonElement, string> run)
    {
        var rig = new AgentRig();
        rig.Tools.Add(
            new FunctionTool("act", (input, _, _) => Task.FromResult(ToolResult.Ok(run(input))))
            {
                Kind = PermissionKind.Execute,
            }
        );
        return rig;
    }
}
