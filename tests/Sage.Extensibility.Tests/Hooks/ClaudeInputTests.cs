using System.Text.Json;
using Sage.Agent.Hooks;
using Sage.Agent.Permissions;
using Sage.Extensibility.Hooks.Dialects;

namespace Sage.Extensibility.Tests.Hooks;

/// <summary>Hooks that were written for another agent find its names, and what they change comes back in Sage's.</summary>
public sealed class ClaudeInputTests
{
    [Theory]
    [InlineData(
        "run_command",
        """{"command":"ls","timeout_s":5,"background":true,"cwd":"src"}""",
        "Bash",
        """{"command":"ls","timeout":5000,"run_in_background":true,"cwd":"src"}"""
    )]
    [InlineData(
        "read_file",
        """{"path":"a.ts","start_line":10,"end_line":19}""",
        "Read",
        """{"file_path":"/w/a.ts","offset":10,"limit":10}"""
    )]
    [InlineData(
        "write_file",
        """{"path":"a.ts","content":"x"}""",
        "Write",
        """{"file_path":"/w/a.ts","content":"x"}"""
    )]
    [InlineData(
        "edit_file",
        """{"path":"a.ts","edits":[{"old_text":"a","new_text":"b","replace_all":true}]}""",
        "Edit",
        """{"file_path":"/w/a.ts","old_string":"a","new_string":"b","replace_all":true}"""
    )]
    [InlineData(
        "edit_file",
        """{"path":"a.ts","edits":[{"old_text":"a","new_text":"b"},{"old_text":"c","new_text":"d"}]}""",
        "MultiEdit",
        """{"file_path":"/w/a.ts","edits":[{"old_string":"a","new_string":"b"},{"old_string":"c","new_string":"d"}]}"""
    )]
    [InlineData(
        "grep",
        """{"pattern":"x","output":"files","case_insensitive":true}""",
        "Grep",
        """{"pattern":"x","output_mode":"files_with_matches","-i":true}"""
    )]
    [InlineData(
        "run_subagent",
        """{"task":"look","kind":"explore"}""",
        "Task",
        """{"prompt":"look","subagent_type":"explore"}"""
    )]
    [InlineData(
        "apply_patch",
        """{"patch":"*** Begin Patch"}""",
        "apply_patch",
        """{"patch":"*** Begin Patch","file_path":"/w/b.ts","file_paths":["/w/b.ts"]}"""
    )]
    [InlineData("mcp__a__b", """{"path":3,"x":[1]}""", "mcp__a__b", """{"path":3,"x":[1]}""")]
    public void Arguments_go_there_and_come_back_as_they_were(string tool, string ours, string name, string theirs)
    {
        var input = Input(tool, ours);

        var there = JsonElement.Parse(input.Arguments.ToJsonString());

        Assert.Equal(name, input.Tool);
        Assert.True(JsonElement.DeepEquals(JsonElement.Parse(theirs), there), there.GetRawText());
        var back = input.Back(there);
        Assert.True(JsonElement.DeepEquals(JsonElement.Parse(ours), back), back.GetRawText());
    }

    [Fact]
    public void What_a_hook_changed_is_changed()
    {
        var back = Input("edit_file", """{"path":"a.ts","edits":[{"old_text":"a","new_text":"b"}]}""")
            .Back(JsonElement.Parse("""{"file_path":"/w/other.ts","old_string":"a","new_string":"c"}"""));

        Assert.Equal("""{"path":"/w/other.ts","edits":[{"old_text":"a","new_text":"c"}]}""", back.GetRawText());
    }

    private static ClaudeInput Input(string tool, string json) =>
        new(
            new HookCall("c", tool, JsonElement.Parse(json), ["/w/b.ts"], new PermissionKey(PermissionKind.Read, tool)),
            "/w"
        );
}
