namespace Sage.Server.Tests.EndToEnd.Headless;

[Trait("Category", "EndToEnd")]
public sealed class CommandTests : HeadlessTest
{
    [Fact]
    public async Task A_command_of_the_project_is_sent_with_its_arguments_and_its_files()
    {
        Folder.Write("a.ts", "let answer = 42;\n");
        Folder.Write(".claude/commands/review.md", "---\ndescription: Reviews\n---\nReview @$1 for $ARGUMENTS.\n");
        Model.Reply(r => r.Text("Fine."));

        var run = await RunAsync("/review a.ts");

        Assert.Equal((0, ""), (run.ExitCode, run.Error));
        var request = Model.ModelRequests[0].Body.GetRawText();
        Assert.Contains("Review @a.ts for a.ts.", request, StringComparison.Ordinal);
        Assert.Contains("let answer = 42;", request, StringComparison.Ordinal);
        Assert.DoesNotContain("/review", request, StringComparison.Ordinal);
        var turn = run
            .Events.Select(e => e.GetProperty("event"))
            .Single(e => e.GetProperty("type").GetString() == "turnStarted");
        Assert.Equal("/review a.ts", turn.GetProperty("prompt").GetString());
        Assert.Equal(".claude/commands/review.md", turn.GetProperty("command").GetProperty("place").GetString());
    }

    [Fact]
    public async Task A_command_that_there_is_not_is_never_sent()
    {
        Home.Write("commands/review.md", "Review.");

        var run = await RunAsync("/reviw a.ts");

        Assert.Equal(2, run.ExitCode);
        Assert.Equal(
            "sage: There is no command /reviw. Did you mean /review? To send it as it is, begin with another word.\n",
            run.Error
        );
        Assert.Empty(Model.ModelRequests);
    }

    [Fact]
    public async Task A_path_at_the_beginning_is_not_a_command()
    {
        Model.Reply(r => r.Text("It is."));

        Assert.Equal(0, (await RunAsync("/usr/bin is full")).ExitCode);
    }

    private Task<HeadlessRun> RunAsync(string prompt) =>
        HeadlessRun.OfAsync(HeadlessRun.Exec(Model, Home.Root, Folder.Root, "--json", prompt));
}
