using System.Collections.Immutable;
using Sage.Protocol;
using Sage.Protocol.Commands;
using Sage.Protocol.Turns;

namespace Sage.Extensibility.Tests.Mcp;

/// <summary>What servers offer to be said and read: a real process at the other end each time.</summary>
public sealed class McpPromptsTests : IAsyncDisposable
{
    private readonly McpRig _rig = new();

    public McpPromptsTests() => _rig.Configure("", "rich");

    public ValueTask DisposeAsync() => _rig.DisposeAsync();

    [Fact]
    public async Task The_prompts_of_a_server_are_commands_once_it_runs()
    {
        Assert.DoesNotContain(Listed(), command => command.Source == CommandSource.McpServer);

        await _rig.ReadyAsync();

        var prompt = Assert.Single(Listed(), command => command.Source == CommandSource.McpServer);
        Assert.Equal(
            ("mcp__test__triage", "Looks at an issue. Carefully.", "MCP server test", "<number> [how]"),
            (prompt.Name, prompt.Description, prompt.Place, prompt.ArgumentHint)
        );
    }

    [Fact]
    public async Task A_prompt_is_asked_for_when_it_is_sent_and_the_last_argument_takes_the_rest()
    {
        await _rig.ReadyAsync();

        var sent = await ExpandAsync("/mcp__test__triage 7 quick and dirty");

        Assert.Equal("Triage issue 7, quick and dirty.", sent.Text);
        Assert.Equal("MCP server test", sent.Source);
        var attached = Assert.IsType<ResourcePart>(Assert.Single(sent.Attached));
        Assert.Equal(("test", "test://issues/7", "It does not start."), (attached.Server, attached.Uri, attached.Text));
    }

    [Fact]
    public async Task A_server_whose_answers_are_trusted_raises_no_questions_with_a_prompt()
    {
        _rig.Configure(""", "trustResults": true""", "rich");
        await _rig.ReadyAsync();

        var sent = await ExpandAsync("/mcp__test__triage 7");

        Assert.Null(sent.Source);
        Assert.True(Assert.IsType<ResourcePart>(Assert.Single(sent.Attached)).IsTrusted);
    }

    [Theory]
    [InlineData("/mcp__test__triage", "Write /mcp__test__triage <number> [how]")]
    [InlineData("/mcp__test__triag 7", "Did you mean /mcp__test__triage?")]
    [InlineData("/mcp__other__triage 7", "There is no command /mcp__other__triage.")]
    public async Task What_cannot_be_sent_says_why(string prompt, string why)
    {
        await _rig.ReadyAsync();

        var refused = Assert.Throws<SageException>(() => _rig.Commands.Expand(_rig.Workspace, prompt));

        Assert.Contains(why, refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_prompt_of_a_server_that_still_starts_waits_for_it()
    {
        Assert.Equal("Triage issue 7, as you like.", (await ExpandAsync("/mcp__test__triage 7")).Text);
    }

    [Fact]
    public async Task A_prompt_of_a_server_that_does_not_start_says_why()
    {
        _rig.Configure("", "rich", "silent");
        var sent = ExpandAsync("/mcp__test__triage 7");

        await _rig.Time.PassAsync(TimeSpan.FromSeconds(30));

        var refused = await Assert.ThrowsAsync<SageException>(() => sent);
        Assert.Contains("does not run: it was not ready within 30 s", refused.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("rich")]
    [InlineData("rich", "newest")]
    public async Task A_list_that_has_changed_is_read_again_in_either_revision_of_the_protocol(params string[] options)
    {
        _rig.Configure("", options);
        await _rig.ReadyAsync();

        await _rig.CallAsync("mcp__test__more_prompts");

        await _rig.Log.SaidAsync("2 prompts");
        Assert.Contains(Listed(), command => command.Name == "mcp__test__later");
    }

    [Fact]
    public async Task What_a_prompt_points_at_is_read_and_a_full_stop_is_not_part_of_it()
    {
        await _rig.ReadyAsync();

        var parts = await ReadAsync(
            "Look at @test:test://notes. And @test:test://logo, me@test:x, @other:test://notes"
        );

        Assert.Equal(
            ["Ship on Friday.", "[an image, image/png]"],
            parts.OfType<ResourcePart>().Select(part => part.Text)
        );
        Assert.Equal("iVBORw0KGgo=", Assert.Single(parts.OfType<ImagePart>()).Data);
    }

    [Fact]
    public async Task A_long_resource_is_cut_and_one_of_a_server_that_does_not_run_says_so()
    {
        await _rig.ReadyAsync();

        var cut = Assert.IsType<ResourcePart>(Assert.Single(await ReadAsync("@test:test://issues/9")));
        Assert.EndsWith("[The first 50,000 of 60,000 characters.]", cut.Text, StringComparison.Ordinal);

        await _rig.CallAsync("mcp__test__crash");
        await _rig.Log.SaidAsync("ended");
        var gone = Assert.IsType<ResourcePart>(Assert.Single(await ReadAsync("@test:test://notes")));
        Assert.Contains("It could not be read: the server does not run", gone.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_there_is_to_read_is_listed_with_its_templates()
    {
        await _rig.ReadyAsync();

        Assert.Equal(
            ["test://issues/{number}", "test://logo", "test://notes"],
            _rig.Resources.List(_rig.Workspace).Select(resource => resource.Uri)
        );
    }

    private Task<System.Collections.Immutable.ImmutableArray<InputPart>> ReadAsync(string words) =>
        _rig.Resources.ReadAsync(words, _rig.Workspace, CancellationToken.None);

    private ImmutableArray<CommandSummary> Listed() => _rig.Commands.List(_rig.Workspace).Commands;

    private Task<Agent.Commands.CommandExpansion> ExpandAsync(string prompt) =>
        _rig.Commands.Expand(_rig.Workspace, prompt)!.CompleteAsync!(CancellationToken.None);
}
