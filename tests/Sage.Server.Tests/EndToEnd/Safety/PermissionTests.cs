using Sage.Sandbox.Walls;
using Sage.Server.Tests.EndToEnd.Headless;

namespace Sage.Server.Tests.EndToEnd.Safety;

/// <summary>What the published program lets a model do, headless: rules, dangers and walls.</summary>
[Trait("Category", "EndToEnd")]
public sealed class PermissionTests : HeadlessTest
{
    [Fact]
    public async Task A_pattern_allows_its_commands_and_nothing_beside_them()
    {
        var results = await RunAsync(
            ["--allow", "run_command(touch *)"],
            "touch a.txt",
            "touch b.txt && touch c.txt",
            "touch d.txt > e.txt",
            "touch f.txt; mkdir g"
        );

        Assert.Equal(["ok", "ok", "denied", "denied"], results.Select(result => result.Status));
        Assert.Contains("--allow 'run_command(touch d.txt > e.txt)'", results[2].Text, StringComparison.Ordinal);
        Assert.False(File.Exists(Folder["e.txt"]));
        Assert.False(File.Exists(Folder["f.txt"]));
    }

    [Fact]
    public async Task A_deny_rule_holds_in_full_mode_and_is_named_with_its_file()
    {
        Home.Write("settings.json", """{ "permissions": { "deny": ["run_command(touch *)"] } }""");

        var results = await RunAsync(["--mode", "full"], "touch a.txt", "sh -c 'touch b.txt'", "mkdir c");

        Assert.Equal(["denied", "denied", "ok"], results.Select(result => result.Status));
        Assert.Contains("settings.json", results[0].Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_project_cannot_allow_itself_anything()
    {
        Folder.Write(".sage/settings.json", """{ "permissions": { "allow": ["run_command"] } }""");

        var results = await RunAsync([], "touch a.txt");

        Assert.Equal("denied", Assert.Single(results).Status);
    }

    [Fact]
    public async Task What_cannot_be_had_back_is_denied_when_nobody_can_be_asked()
    {
        var results = await RunAsync(["--mode", "full"], "rm -rf \"$NOT_SET\"/*", "mkdir a && rm -rf a");

        Assert.Equal(["denied", "ok"], results.Select(result => result.Status));
        Assert.Contains(
            "It deletes everything below / ($NOT_SET is or may be empty).",
            results[0].Text,
            StringComparison.Ordinal
        );
    }

    [Fact]
    public async Task A_secret_file_is_not_read_without_asking()
    {
        Folder.Write(".env", "KEY=hidden-value\n");
        Model.Reply(r => r.ToolCall("read_file", new { path = ".env" }).ToolCall("grep", new { pattern = "KEY" }));
        Model.Reply(r => r.Text("Done."));

        var results = await RunAsync([]);

        Assert.Equal("denied", results[0].Status);
        Assert.DoesNotContain(results, result => result.Text.Contains("hidden-value", StringComparison.Ordinal));
        Assert.Contains(".env", results[1].Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task In_full_mode_a_command_stays_behind_walls()
    {
        if (!SandboxSupport.OfThisComputer.Missing.IsEmpty)
        {
            return;
        }

        var outside = $"/usr/sage-walls-{Guid.NewGuid():N}";
        var results = await RunAsync(["--mode", "full"], $"touch inside.txt; touch {outside}");

        Assert.False(File.Exists(outside));
        Assert.True(File.Exists(Folder["inside.txt"]));
        Assert.Contains("This command ran in a sandbox", Assert.Single(results).Text, StringComparison.Ordinal);
    }

    private async Task<IReadOnlyList<(string Status, string Text)>> RunAsync(string[] options, params string[] commands)
    {
        if (commands.Length > 0)
        {
            Model.Reply(r =>
            {
                foreach (var command in commands)
                {
                    r.ToolCall("run_command", new { command });
                }
            });
            Model.Reply(r => r.Text("Done."));
        }

        var start = HeadlessRun.Exec(Model, Home.Root, Folder.Root, ["--json", .. options, "go"]);
        start.Environment.Remove("NOT_SET");
        var run = await HeadlessRun.OfAsync(start);
        Assert.Equal((0, ""), (run.ExitCode, run.Error));
        Assert.Empty(Model.Violations);
        return run.Results;
    }
}
