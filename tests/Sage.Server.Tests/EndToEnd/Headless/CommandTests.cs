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

    [Fact]
    public async Task A_line_for_the_shell_that_only_reads_runs_unasked_and_what_would_ask_does_not_run()
    {
        Folder.Write("a.ts", "let answer = 42;\n");
        Folder.Write(".sage/commands/look.md", "Files: !`ls $1`\nMade: !`touch made`\nWhat is it?\n");
        Model.Reply(r => r.Text("Fine."));

        var run = await RunAsync("/look .");

        Assert.Equal((0, ""), (run.ExitCode, run.Error));
        var sent = Model.ModelRequests[0].Body.GetProperty("messages")[1].GetProperty("content").ToString();
        Assert.Contains("Files: <command_output>\n$ ls .\na.ts\n", sent, StringComparison.Ordinal);
        Assert.Contains("$ touch made\n(It has not been run to its end: ", sent, StringComparison.Ordinal);
        Assert.False(File.Exists(Folder["made"]));
        Assert.Equal(["ok", "denied"], run.Results.Select(result => result.Status));
        Assert.Empty(Model.Violations);
    }

    [Theory]
    [InlineData("/context", "/context is done by the chat in the editor")]
    [InlineData("/doctor please", "Run sage doctor.")]
    public async Task What_the_chat_does_itself_is_said_and_no_model_is_asked(string prompt, string message)
    {
        var run = await RunAsync(prompt);

        Assert.Equal(2, run.ExitCode);
        Assert.Contains(message, run.Error, StringComparison.Ordinal);
        Assert.Empty(Model.ModelRequests);
    }

    [Fact]
    public async Task A_file_of_the_name_of_what_the_chat_does_is_sent()
    {
        Home.Write("commands/context.md", "Look around.");
        Model.Reply(r => r.Text("Fine."));

        Assert.Equal(0, (await RunAsync("/context")).ExitCode);
        Assert.Contains("Look around.", Model.ModelRequests[0].Body.GetRawText(), StringComparison.Ordinal);
    }

    private Task<HeadlessRun> RunAsync(string prompt) =>
        HeadlessRun.OfAsync(HeadlessRun.Exec(Model, Home.Root, Folder.Root, "--json", prompt));
}
