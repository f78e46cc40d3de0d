using System.Diagnostics;

namespace Sage.Server.Tests.EndToEnd.Headless;

[Trait("Category", "EndToEnd")]
public sealed class SubagentTests : HeadlessTest
{
    [Fact]
    public async Task Two_work_side_by_side_and_both_answers_reach_the_agent()
    {
        Folder.Write("cart.ts", "let items = [];\n");
        StartTwo("Find the cart", "Change the cart");
        var (first, second) = (Model.Gate("first"), Model.Gate("second"));
        Model.When("Find the cart", r => r.Gate(first).Text("It is in cart.ts."));
        Model.When(
            "Change the cart",
            r => r.Gate(second).ToolCall("write_file", new { path = "new.ts", content = "let total = 0;\n" })
        );
        Model.When("new.ts", r => r.Text("It is changed."));
        Model.Reply(r => r.Text("Both are done."));
        using var process = Process.Start(Exec("--mode", "full"))!;
        // Both requests are open at the same time.
        await Task.WhenAll(first.Reached, second.Reached).WaitAsync(HeadlessRun.Patience);
        second.Release();
        first.Release();

        var run = await HeadlessRun.EndOfAsync(process);

        Assert.Equal(0, run.ExitCode);
        Assert.Equal(["ok", "ok"], run.Results.Select(result => result.Status));
        Assert.EndsWith("It is in cart.ts.", run.Results[0].Text, StringComparison.Ordinal);
        Assert.Contains("changed new.ts.]", run.Results[1].Text, StringComparison.Ordinal);
        Assert.EndsWith("It is changed.", run.Results[1].Text, StringComparison.Ordinal);
        Assert.Equal("let total = 0;\n", File.ReadAllText(Path.Join(Folder.Root, "new.ts")));
        var nested = Nested(run);
        Assert.Equal(2, nested.Count(inside => inside == "turnEnded"));
        Assert.Contains("toolCallEnded", nested);
        Assert.Empty(Model.Violations);
    }

    [Fact]
    public async Task Without_a_user_its_edits_are_denied_and_its_own_model_reads_that()
    {
        Model.Reply(r => r.ToolCall("run_subagent", new { task = "Change the cart", kind = "general" }));
        Model.When(
            "Change the cart",
            r => r.ToolCall("write_file", new { path = "new.ts", content = "let total = 0;\n" })
        );
        Model.Reply((r, request) => r.Text($"I read: {request.LastToolResults[0]}"));
        Model.Reply(r => r.Text("Done."));

        var run = await HeadlessRun.OfAsync(Exec("--mode", "ask"));

        Assert.Equal(0, run.ExitCode);
        Assert.Contains("I read: Not allowed", Assert.Single(run.Results).Text, StringComparison.Ordinal);
        Assert.False(File.Exists(Path.Join(Folder.Root, "new.ts")));
    }

    [Fact]
    public async Task One_in_the_background_is_waited_for_and_its_result_is_read()
    {
        Model.Reply(r =>
            r.ToolCall(
                "run_subagent",
                new
                {
                    task = "Find the cart",
                    kind = "explore",
                    background = true,
                }
            )
        );
        var gate = Model.Gate("found");
        Model.When("Find the cart", r => r.Gate(gate).Text("It is in cart.ts."));
        Model.Reply(r => r.Text("I wait."));
        Model.Reply(
            (r, request) =>
                r.Text(
                    request.Body.GetRawText().Contains("It is in cart.ts.", StringComparison.Ordinal) ? "Read it." : "?"
                )
        );
        using var process = Process.Start(Exec("--mode", "full"))!;
        await gate.Reached.WaitAsync(HeadlessRun.Patience);
        gate.Release();

        var run = await HeadlessRun.EndOfAsync(process);

        Assert.Equal(0, run.ExitCode);
        Assert.Contains("Works in the background as b1.", Assert.Single(run.Results).Text, StringComparison.Ordinal);
        Assert.Equal("Read it.", Replies(run)[^1]);
        Assert.Empty(Model.Violations);
    }

    [Fact]
    public async Task A_kind_from_a_file_of_the_user_is_listed_and_works_with_its_tools()
    {
        Home.Write("agents/reviewer.md", "---\ndescription: Reviews carts\ntools: Read\n---\nBe strict about carts.");
        Folder.Write(".claude/agents/theirs.md", "---\ndescription: Theirs\nmode: yolo\n---\nDo it.");
        Model.Reply(r => r.ToolCall("run_subagent", new { task = "Look at it", kind = "reviewer" }));
        Model.When("Look at it", r => r.Text("Strict."));
        Model.Reply(r => r.Text("Done."));

        var run = await HeadlessRun.OfAsync(Exec("--mode", "full", "--trust-project"));

        Assert.Equal(0, run.ExitCode);
        Assert.EndsWith("Strict.", Assert.Single(run.Results).Text, StringComparison.Ordinal);
        var (first, inside) = (Model.ModelRequests[0].Body.GetRawText(), Model.ModelRequests[1].Body.GetRawText());
        Assert.Contains("- reviewer: Reviews carts", first, StringComparison.Ordinal);
        Assert.Contains("- theirs: Theirs", first, StringComparison.Ordinal);
        Assert.Contains("Be strict about carts.", inside, StringComparison.Ordinal);
        Assert.DoesNotContain("- reviewer: Reviews carts", inside, StringComparison.Ordinal);
        Assert.DoesNotContain("\"write_file\"", inside, StringComparison.Ordinal);
    }

    private void StartTwo(string first, string second) =>
        Model.Reply(r =>
            r.ToolCall("run_subagent", new { task = first, kind = "explore" })
                .ToolCall("run_subagent", new { task = second, kind = "general" })
        );

    private ProcessStartInfo Exec(params string[] options) =>
        HeadlessRun.Exec(Model, Home.Root, Folder.Root, [.. options, "--json", "go"]);

    private static List<string?> Replies(HeadlessRun run) =>
        [
            .. run
                .Events.Select(envelope => envelope.GetProperty("event"))
                .Where(e => e.GetProperty("type").GetString() == "replyEnded")
                .Select(e => e.GetProperty("text").GetString()),
        ];

    private static List<string?> Nested(HeadlessRun run) =>
        [
            .. run
                .Events.Select(envelope => envelope.GetProperty("event"))
                .Where(e => e.GetProperty("type").GetString() == "subagent")
                .Select(e => e.GetProperty("event").GetProperty("type").GetString()),
        ];
}
