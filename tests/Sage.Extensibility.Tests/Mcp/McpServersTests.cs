using System.Diagnostics;
using System.Text.Json;
using Sage.Agent.Permissions;
using Sage.Agent.ToolCalls;
using Sage.Protocol.Events;
using Sage.Protocol.Permissions;
using Sage.TestKit.Agents;

namespace Sage.Extensibility.Tests.Mcp;

/// <summary>What servers do, and what becomes of it: a real process at the other end each time.</summary>
public sealed class McpServersTests : IAsyncDisposable
{
    private readonly McpRig _rig = new();

    public ValueTask DisposeAsync() => _rig.DisposeAsync();

    [Fact]
    public async Task Nobody_waits_for_a_server_and_its_tools_are_there_when_it_is()
    {
        _rig.Configure();
        Assert.Empty(_rig.Read().Tools);

        var tools = (await _rig.ReadyAsync()).Tools;

        Assert.Equal(
            ["crash", "echo", "fail", "grow", "hold", "image", "variable"],
            tools.Select(tool => tool.Definition.Name.Replace("mcp__test__", "", StringComparison.Ordinal))
        );
        Assert.Equal("Does echo.", tools[1].Definition.Description);
        Assert.True(tools[1].Definition.InputSchema.GetProperty("properties").TryGetProperty("text", out _));
    }

    [Fact]
    public async Task What_a_server_answers_is_content_from_outside()
    {
        _rig.Configure();
        await _rig.ReadyAsync();

        var echo = await _rig.CallAsync("mcp__test__echo", "hello");
        var failed = await _rig.CallAsync("mcp__test__fail");
        var image = await _rig.CallAsync("mcp__test__image");

        Assert.Equal(
            (ToolCallStatus.Ok, "MCP server test", "You said: hello"),
            (echo.Status, echo.Outside!.Source, echo.Outside.Text)
        );
        Assert.False(echo.Outside.IsTrusted);
        Assert.Equal((ToolCallStatus.Error, "It cannot be done."), (failed.Status, failed.Outside!.Text));
        Assert.Equal(("image/png", "iVBORw0KGgo="), (Assert.Single(image.Images).MediaType, image.Images[0].Data));
    }

    [Fact]
    public async Task A_server_gets_the_variables_of_its_configuration_and_no_keys_of_models()
    {
        Environment.SetEnvironmentVariable("MCP_TEST_API_KEY", "not for servers");
        _rig.Configure(""", "env": { "GIVEN": "${MCP_TEST_API_KEY}", "TEST_TOKEN": "a-long-secret" }""");
        await _rig.ReadyAsync();

        Assert.Equal("(not set)", (await _rig.CallAsync("mcp__test__variable", "MCP_TEST_API_KEY")).Outside!.Text);
        Assert.Equal("not for servers", (await _rig.CallAsync("mcp__test__variable", "GIVEN")).Outside!.Text);
        Assert.DoesNotContain("a-long-secret", _rig.Secrets.Redact("It is a-long-secret."), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Progress_is_live_output()
    {
        _rig.Configure();
        await _rig.ReadyAsync();
        using var seen = new CancellationTokenSource();
        var told = "";

        // It answers only when it is cancelled: the client library may take an answer in before the progress that came first.
        var call = _rig.CallAsync(
            "mcp__test__hold",
            output: async text =>
            {
                told += text;
                await seen.CancelAsync();
            },
            cancellationToken: seen.Token
        );

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => call);
        Assert.Equal("1 of 2: held\n", told);
    }

    [Fact]
    public async Task A_server_that_dies_in_a_call_is_said_to_and_starts_again()
    {
        _rig.Configure();
        await _rig.ReadyAsync();

        var crashed = await _rig.CallAsync("mcp__test__crash");

        Assert.Equal(ToolCallStatus.Error, crashed.Status);
        Assert.Contains("ended while it worked on this call (exit code 7)", crashed.Text, StringComparison.Ordinal);
        Assert.Contains(
            "exit code 7. It said: out of luck",
            await _rig.Log.SaidAsync("ended"),
            StringComparison.Ordinal
        );
        var meanwhile = _rig.Read();
        Assert.Equal(7, meanwhile.Tools.Length);
        Assert.Contains("has ended: exit code 7", Assert.Single(meanwhile.Problems), StringComparison.Ordinal);
        Assert.Contains("does not run", (await _rig.CallAsync("mcp__test__echo")).Text, StringComparison.Ordinal);

        await _rig.Time.PassAsync(TimeSpan.FromSeconds(1));
        await _rig.Log.SaidAsync("offers");

        Assert.Equal("You said: again", (await _rig.CallAsync("mcp__test__echo", "again")).Outside!.Text);
        Assert.Empty(_rig.Read().Problems);
    }

    [Fact]
    public async Task A_server_that_never_starts_is_tried_later_each_time_and_then_given_up()
    {
        _rig.Configure("", "start-crash");
        _rig.Read();

        foreach (var seconds in (int[])[1, 2, 4, 8, 16])
        {
            await _rig.Log.SaidAsync("ended");
            await _rig.Time.PassAsync(TimeSpan.FromSeconds(seconds));
        }

        Assert.Contains("(6 in a row)", await _rig.Log.SaidAsync("ended"), StringComparison.Ordinal);
        var problem = Assert.Single(_rig.Read().Problems);
        Assert.Contains("The MCP server test (settings.json) could not be started", problem, StringComparison.Ordinal);
        Assert.Contains("It said: the configuration is missing", problem, StringComparison.Ordinal);
        Assert.Equal(6, _rig.Written.Length);
    }

    [Fact]
    public async Task A_server_that_is_silent_has_as_long_as_its_configuration_says()
    {
        _rig.Configure(""", "startTimeoutSeconds": 12""", "silent");
        Assert.Empty(_rig.Read().Tools);

        await _rig.Time.PassAsync(TimeSpan.FromSeconds(12));

        Assert.Contains("it was not ready within 12 s", await _rig.Log.SaidAsync("ended"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_call_that_is_stopped_is_told_to_the_server_which_goes_on_serving()
    {
        _rig.Configure();
        await _rig.ReadyAsync();
        using var stop = new CancellationTokenSource();
        var held = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);

        var call = _rig.CallAsync(
            "mcp__test__hold",
            "the long one",
            _ =>
            {
                held.TrySetResult();
                return ValueTask.CompletedTask;
            },
            stop.Token
        );
        await held.Task.WaitAsync(McpRig.Patience);
        await stop.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => call);
        Assert.Equal("You said: next", (await _rig.CallAsync("mcp__test__echo", "next")).Outside!.Text);
        Assert.Contains("cancelled the long one", _rig.Written);
    }

    [Fact]
    public async Task A_server_that_has_more_tools_than_before_is_asked_for_them()
    {
        _rig.Configure();
        await _rig.ReadyAsync();

        await _rig.CallAsync("mcp__test__grow");
        await _rig.Log.SaidAsync("offers");

        Assert.Contains(_rig.Read().Tools, tool => tool.Definition.Name == "mcp__test__grown");
    }

    [Fact]
    public async Task Another_configuration_is_another_server_and_all_end_with_the_process()
    {
        _rig.Configure();
        await _rig.ReadyAsync();
        _rig.Configure(""", "env": { "GIVEN": "new" }""");
        await _rig.ReadyAsync();
        Assert.Equal("new", (await _rig.CallAsync("mcp__test__variable", "GIVEN")).Outside!.Text);

        await _rig.Servers.DisposeAsync();

        var started = _rig.Written.Select(line => int.Parse(line.Split(' ')[1], null)).ToList();
        Assert.Equal(2, started.Count);
        Assert.All(started, pid => Assert.Throws<ArgumentException>(() => Process.GetProcessById(pid)));
        Assert.Empty(_rig.Read().Tools);
    }

    [Fact]
    public async Task Only_the_user_can_take_a_servers_word_for_what_only_reads()
    {
        _rig.Configure(""", "trustReadOnlyHint": true, "trustResults": true""");
        await _rig.ReadyAsync();
        Assert.Equal(PermissionKind.Read, KindOf("mcp__test__echo"));
        Assert.Equal(PermissionKind.Execute, KindOf("mcp__test__fail"));
        Assert.True((await _rig.CallAsync("mcp__test__echo")).Outside!.IsTrusted);

        _rig.OwnServers = "{}";
        _rig.WriteProject(
            ".mcp.json",
            $$"""{ "mcpServers": { "theirs": {{_rig.Entry(""", "trustReadOnlyHint": true""")}} } }"""
        );
        _rig.Answer(_rig.Workspace, Assert.Single(_rig.Servers.OffersOf(_rig.Workspace)), OfferAnswer.Use);
        await _rig.ReadyAsync();

        Assert.Equal(PermissionKind.Execute, KindOf("mcp__theirs__echo"));
    }

    [Fact]
    public async Task What_a_project_brings_along_starts_when_it_was_agreed_to_and_ends_when_it_changes()
    {
        _rig.WriteProject(".mcp.json", $$"""{ "mcpServers": { "theirs": {{_rig.Entry("")}} } }""");
        Assert.Empty(_rig.Read().Tools);
        Assert.Empty(_rig.Written);

        _rig.Answer(_rig.Workspace, Assert.Single(_rig.Servers.OffersOf(_rig.Workspace)), OfferAnswer.Use);
        Assert.Equal(7, (await _rig.ReadyAsync()).Tools.Length);

        _rig.WriteProject(".mcp.json", $$"""{ "mcpServers": { "theirs": {{_rig.Entry("", "other")}} } }""");
        Assert.Empty(_rig.Read().Tools);
    }

    [Fact]
    public void Where_the_workspace_is_not_trusted_nothing_starts_not_even_the_users_own()
    {
        _rig.Configure();
        _rig.Trust.Withhold();

        Assert.Empty(_rig.Read().Tools);
        Assert.Empty(_rig.Written);
    }

    private PermissionKind KindOf(string name)
    {
        var tool = _rig.Read().Tools.Single(tool => tool.Definition.Name == name);
        var context = new ToolContext("s", "c", _rig.Workspace, new ReadTracker(), new RecordingClient(), _ => default);
        return Assert.IsType<Preparation.Accepted>(tool.Prepare(JsonElement.Parse("{}"), context)).Call.Permission.Kind;
    }
}
