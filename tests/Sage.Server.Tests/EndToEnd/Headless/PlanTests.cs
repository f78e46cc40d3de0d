namespace Sage.Server.Tests.EndToEnd.Headless;

[Trait("Category", "EndToEnd")]
public sealed class PlanTests : HeadlessTest
{
    private const string Plan = "## Types\n\n1. Write `new.txt`";

    [Fact]
    public async Task The_plan_is_the_answer_and_nothing_is_changed()
    {
        Model.Reply(r =>
            r.Text("I have looked.")
                .ToolCall("exit_plan_mode", new { plan = Plan })
                .ToolCall("write_file", new { path = "new.txt", content = "written\n" })
        );

        var run = await RunAsync("--mode", "plan", "add types");

        Assert.Equal((0, $"I have looked.\n{Plan}\n"), (run.ExitCode, run.Output));
        Assert.Single(Model.ModelRequests);
        Assert.False(File.Exists(Folder["new.txt"]));
        Assert.DoesNotContain("accepted", run.Output + run.Error, StringComparison.OrdinalIgnoreCase);
    }

    [Fact]
    public async Task As_JSON_the_plan_is_an_event_and_no_answer_follows()
    {
        Model.Reply(r => r.ToolCall("exit_plan_mode", new { plan = Plan }));

        var run = await RunAsync("--mode", "plan", "--json", "add types");

        Assert.Equal(0, run.ExitCode);
        var events = run.Events.Select(e => e.GetProperty("event")).ToList();
        Assert.Equal(
            Plan,
            events.Single(e => e.GetProperty("type").GetString() == "planProposed").GetProperty("plan").GetString()
        );
        Assert.DoesNotContain(events, e => e.GetProperty("type").GetString() == "planAnswered");
        Assert.Contains("not accepted", Assert.Single(run.Results).Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Without_plan_mode_there_is_no_plan_to_propose()
    {
        Model.Reply(r => r.ToolCall("exit_plan_mode", new { plan = Plan })).Reply(r => r.Text("Then I do it."));

        var run = await RunAsync("--mode", "full", "--json", "add types");

        Assert.Equal(0, run.ExitCode);
        Assert.StartsWith("There is no tool named", Assert.Single(run.Results).Text, StringComparison.Ordinal);
    }

    private Task<HeadlessRun> RunAsync(params string[] arguments) =>
        HeadlessRun.OfAsync(HeadlessRun.Exec(Model, Home.Root, Folder.Root, arguments));
}
