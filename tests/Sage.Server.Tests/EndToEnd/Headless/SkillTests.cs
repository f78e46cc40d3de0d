using System.Text.Json;

namespace Sage.Server.Tests.EndToEnd.Headless;

[Trait("Category", "EndToEnd")]
public sealed class SkillTests : HeadlessTest
{
    [Fact]
    public async Task A_skill_is_listed_loaded_and_its_files_outside_the_workspace_are_read()
    {
        Home.Write("skills/forms/SKILL.md", "---\ndescription: Fills forms.\n---\nRead ink.md.\n");
        var ink = Home.Write("skills/forms/ink.md", "Only blue ink.");
        var settings = Home.Write("settings.json", "{}");
        Folder.Write(".claude/skills/broken/SKILL.md", "no front matter");
        Model.Reply(r => r.ToolCall("load_skill", new { name = "forms" }));
        Model.Reply(r => r.ToolCall("read_file", new { path = ink }).ToolCall("read_file", new { path = settings }));
        Model.Reply(r => r.Text("Filled."));

        var run = await HeadlessRun.OfAsync(HeadlessRun.Exec(Model, Home.Root, Folder.Root, "--json", "fill the form"));

        Assert.Equal((0, ""), (run.ExitCode, run.Error));
        Assert.Contains("- forms: Fills forms.", Model.ModelRequests[0].Body.GetRawText(), StringComparison.Ordinal);
        Assert.Equal(["ok", "ok", "error"], run.Results.Select(result => result.Status));
        Assert.EndsWith("Read ink.md.", run.Results[0].Text, StringComparison.Ordinal);
        Assert.Contains("Only blue ink.", run.Results[1].Text, StringComparison.Ordinal);
        var notice = Assert.Single(run.Events.Select(e => e.GetProperty("event")), IsNotice);
        Assert.StartsWith(
            "The skill .claude/skills/broken was left out",
            notice.GetProperty("text").GetString(),
            StringComparison.Ordinal
        );
    }

    private static bool IsNotice(JsonElement happened) => happened.GetProperty("type").GetString() == "notice";
}
