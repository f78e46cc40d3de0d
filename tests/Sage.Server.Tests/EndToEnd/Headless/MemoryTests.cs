namespace Sage.Server.Tests.EndToEnd.Headless;

/// <summary>What stands in files of the user and the project, and reaches the model before every prompt.</summary>
[Trait("Category", "EndToEnd")]
public sealed class MemoryTests : HeadlessTest
{
    [Fact]
    public async Task The_users_rules_come_before_the_projects_and_what_these_name_comes_behind_them()
    {
        Home.Write("AGENTS.md", "Answer in French.");
        Folder.Write("AGENTS.md", "Follow @docs/style.md.");
        Folder.Write("docs/style.md", "Tabs only.");
        Folder.Write(".env", "planted");
        Model.Reply(r => r.Text("Bon."));

        var run = await HeadlessRun.OfAsync(HeadlessRun.Exec(Model, Home.Root, Folder.Root, "--json", "Hello"));

        Assert.Equal((0, ""), (run.ExitCode, run.Error));
        var prompt = Model.ModelRequests[0].Body.GetRawText();
        var places = new[] { "Answer in French.", "Follow @docs/style.md.", "Tabs only." }.Select(words =>
            prompt.IndexOf(words, StringComparison.Ordinal)
        );
        Assert.Equal(places.Order(), places);
        Assert.DoesNotContain(-1, places);
    }

    [Fact]
    public async Task The_rules_of_a_folder_come_with_the_first_file_of_it()
    {
        Folder.Write("src/web/AGENTS.md", "Tabs only.");
        Folder.Write("src/web/a.ts", "let a = 1;\n");
        Model.Reply(r => r.ToolCall("read_file", new { path = "src/web/a.ts" }));
        Model.Reply(r => r.Text("Tabs it is."));

        var run = await HeadlessRun.OfAsync(HeadlessRun.Exec(Model, Home.Root, Folder.Root, "--json", "Look"));

        Assert.Equal((0, ""), (run.ExitCode, run.Error));
        Assert.DoesNotContain("Tabs only.", Model.ModelRequests[0].Body.GetRawText(), StringComparison.Ordinal);
        Assert.Contains(
            "[Rules from src/web/AGENTS.md, for what is in its folder:]",
            Model.ModelRequests[1].Body.GetRawText(),
            StringComparison.Ordinal
        );
    }

    [Fact]
    public async Task Init_has_the_model_write_a_first_file()
    {
        Model.Reply(r => r.ToolCall("write_file", new { path = "AGENTS.md", content = "Run make.\n" }));
        Model.Reply(r => r.Text("Written."));

        var run = await HeadlessRun.OfAsync(
            HeadlessRun.Exec(Model, Home.Root, Folder.Root, "--json", "--mode", "autoEdit", "/init the makefile")
        );

        Assert.Equal((0, ""), (run.ExitCode, run.Error));
        Assert.Contains(
            "Write AGENTS.md at the root of this workspace",
            Model.ModelRequests[0].Body.GetRawText(),
            StringComparison.Ordinal
        );
        Assert.Equal("Run make.\n", Folder.Read("AGENTS.md"));
    }

    [Fact]
    public async Task The_files_are_listed_with_the_places_where_something_to_remember_goes()
    {
        await using var server = await LiveServer.InitializedAsync();
        server.Home.Write("AGENTS.md", "mine");
        server.Folder.Write("SAGE.md", "the project's");

        var listed = await server.Client.CallAsync("sage/memory/list", "{}");

        Assert.Equal(
            [server.Home["AGENTS.md"], server.Folder["SAGE.md"]],
            listed.GetProperty("files").EnumerateArray().Select(file => file.GetProperty("path").GetString())
        );
        Assert.Equal(server.Home["AGENTS.md"], listed.GetProperty("userPath").GetString());
        Assert.Equal(server.Folder["SAGE.md"], listed.GetProperty("workspacePath").GetString());
    }
}
