using System.Text.Json;
using Sage.Agent.ToolCalls;
using Sage.Protocol;
using Sage.Protocol.Mcp;
using Sage.TestKit.Agents;

namespace Sage.Extensibility.Tests.Mcp;

/// <summary>Servers as people look after them: how they stand, why, and what can be done about it.</summary>
public sealed class McpOverviewTests : IAsyncDisposable
{
    private readonly McpRig _rig = new();

    public ValueTask DisposeAsync() => _rig.DisposeAsync();

    [Fact]
    public async Task Looking_starts_what_is_wanted_and_says_how_it_stands()
    {
        _rig.Configure();

        Assert.Equal(McpServerState.Starting, Only().State);
        await _rig.Log.SaidAsync("offers");

        var server = Only();
        Assert.Equal(
            (McpServerState.Ready, McpServerSource.User, "settings.json", "test"),
            (server.State, server.Source, server.Place, server.Key)
        );
        Assert.Null(server.Reason);
        var echo = server.Tools.Single(tool => tool.Name == "echo");
        Assert.Equal(("mcp__test__echo", "Does echo.", true), (echo.FullName, echo.Description, echo.Enabled));
        Assert.InRange(echo.Tokens, 10, 100);
    }

    [Fact]
    public async Task A_server_that_fails_says_why_with_its_last_line_and_when_it_is_tried_again()
    {
        _rig.Configure("", "start-crash");
        _rig.List();
        await _rig.Log.SaidAsync("ended");

        var server = Only();

        Assert.Equal(McpServerState.Failed, server.State);
        Assert.EndsWith("It said: the configuration is missing", server.Reason, StringComparison.Ordinal);
        Assert.Equal(_rig.Time.GetUtcNow() + TimeSpan.FromSeconds(1), server.RestartsAt);
    }

    [Fact]
    public async Task A_log_holds_what_was_said_and_what_became_of_it_over_restarts()
    {
        _rig.Configure("", "start-crash");
        _rig.List();
        await _rig.Log.SaidAsync("ended");
        await _rig.Time.PassAsync(TimeSpan.FromSeconds(1));
        await _rig.Log.SaidAsync("ended");

        var lines = _rig.Servers.ReadLog(_rig.Workspace, new ReadMcpLogParams("test")).Lines;

        Assert.Equal(2, lines.Count(line => line is { IsNotice: false, Text: "the configuration is missing" }));
        Assert.StartsWith("It is started: ", lines[0].Text, StringComparison.Ordinal);
        Assert.Contains(
            lines,
            line => line.IsNotice && line.Text.StartsWith("It has ended: ", StringComparison.Ordinal)
        );
        Assert.Equal(Enumerable.Range(1, lines.Length).Select(number => (long)number), lines.Select(l => l.Number));
        var rest = _rig.Servers.ReadLog(_rig.Workspace, new ReadMcpLogParams("test", lines[^2].Number)).Lines;
        Assert.Equal(lines[^1], Assert.Single(rest));
        Assert.Empty(_rig.Servers.ReadLog(_rig.Workspace, new ReadMcpLogParams("nobody")).Lines);
    }

    [Fact]
    public async Task A_secret_that_a_server_says_is_in_no_log_and_no_reason()
    {
        _rig.Configure(""", "env": { "TEST_TOKEN": "hunter2-hunter2" }""", "start-crash=hunter2-hunter2");
        _rig.List();
        await _rig.Log.SaidAsync("ended");

        var log = _rig.Servers.ReadLog(_rig.Workspace, new ReadMcpLogParams("test")).Lines.Select(line => line.Text);
        var shown = string.Join('\n', [Only().Reason, Only().What, .. log]);

        Assert.Contains("hidden by Sage", shown, StringComparison.Ordinal);
        Assert.DoesNotContain("hunter2-hunter2", shown, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_server_that_is_stopped_stays_so_and_whoever_calls_its_tools_is_told()
    {
        _rig.Configure();
        await _rig.ReadyAsync();

        await _rig.Servers.StopAsync(_rig.Workspace, "test");

        Assert.Equal((McpServerState.Stopped, 7), (Only().State, Only().Tools.Length));
        var tools = _rig.Read();
        Assert.Empty(tools.Tools);
        Assert.Empty(tools.Problems);
        Assert.Equal(
            "The user has stopped the MCP server test. Do it in another way, or tell the user what you would need it for.",
            RefusalOf(tools.Withheld.Single(tool => tool.Definition.Name == "mcp__test__echo"))
        );
        Assert.Single(_rig.Written);

        await _rig.Servers.StartAsync(_rig.Workspace, "test");
        await _rig.Log.SaidAsync("offers");

        Assert.Equal("You said: again", (await _rig.CallAsync("mcp__test__echo", "again")).Outside!.Text);
    }

    [Fact]
    public async Task A_restart_is_another_process_and_a_call_under_way_says_who_ended_it()
    {
        _rig.Configure();
        await _rig.ReadyAsync();
        var held = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var call = _rig.CallAsync(
            "mcp__test__hold",
            output: _ =>
            {
                held.TrySetResult();
                return ValueTask.CompletedTask;
            }
        );
        await held.Task.WaitAsync(McpRig.Patience);

        await _rig.Servers.RestartAsync(_rig.Workspace, "test");
        await _rig.Log.SaidAsync("offers");

        Assert.EndsWith("The user has it started anew.", (await call).Text, StringComparison.Ordinal);
        Assert.Equal(2, _rig.Written.Count(line => line.StartsWith("started ", StringComparison.Ordinal)));
        Assert.Equal(McpServerState.Ready, Only().State);
    }

    [Fact]
    public async Task One_that_was_given_up_can_be_started()
    {
        _rig.Configure("", "start-crash");
        _rig.List();
        foreach (var seconds in (int[])[1, 2, 4, 8, 16])
        {
            await _rig.Log.SaidAsync("ended");
            await _rig.Time.PassAsync(TimeSpan.FromSeconds(seconds));
        }

        Assert.Contains("(6 in a row)", await _rig.Log.SaidAsync("ended"), StringComparison.Ordinal);
        Assert.Null(Only().RestartsAt);

        await _rig.Servers.StartAsync(_rig.Workspace, "test");

        Assert.Contains("(1 in a row)", await _rig.Log.SaidAsync("ended"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_tool_that_is_switched_off_is_withheld_and_on_again_it_is_offered()
    {
        _rig.Configure();
        await _rig.ReadyAsync();

        _rig.Servers.SetTool(new SetMcpToolParams("test", "echo", Enabled: false));

        var tools = _rig.Read();
        Assert.DoesNotContain(tools.Tools, tool => tool.Definition.Name == "mcp__test__echo");
        Assert.StartsWith(
            "The user has switched the tool mcp__test__echo off.",
            RefusalOf(Assert.Single(tools.Withheld)),
            StringComparison.Ordinal
        );
        Assert.False(Only().Tools.Single(tool => tool.Name == "echo").Enabled);

        _rig.Servers.SetTool(new SetMcpToolParams("test", "echo", Enabled: true));

        Assert.Empty(_rig.Read().Withheld);
        Assert.True(Only().Tools.Single(tool => tool.Name == "echo").Enabled);
    }

    [Fact]
    public void What_is_configured_and_does_not_run_is_in_the_list_with_the_reason()
    {
        _rig.OwnServers = """{ "off": { "command": "x", "disabled": true }, "wrong": {} }""";
        _rig.WriteProject(".mcp.json", """{ "mcpServers": { "theirs": { "command": "y" } } }""");

        var servers = _rig.List().Servers;

        Assert.Equal(
            [
                ("off", McpServerState.Disabled, "its configuration says so"),
                (
                    "theirs",
                    McpServerState.WaitingForConsent,
                    "the project brings it along; the chat asks whether you agree"
                ),
                ("wrong", McpServerState.Failed, "it has neither a command nor a url"),
            ],
            servers.Select(server => (server.Name, server.State, server.Reason))
        );
        Assert.Equal(Path.Combine(_rig.Workspace.Root, ".mcp.json"), servers[1].Path);
    }

    [Theory]
    [InlineData("nobody", "No MCP server is called nobody.")]
    [InlineData("off", "The MCP server off cannot be started: its configuration says so.")]
    [InlineData("theirs", "The MCP server theirs cannot be started: the project brings it along")]
    public async Task What_must_not_run_is_not_started_and_it_is_said_why(string name, string why)
    {
        _rig.OwnServers = """{ "off": { "command": "x", "disabled": true } }""";
        _rig.WriteProject(".mcp.json", """{ "mcpServers": { "theirs": { "command": "y" } } }""");

        var error = await Assert.ThrowsAsync<SageException>(() => _rig.Servers.RestartAsync(_rig.Workspace, name));

        Assert.StartsWith(why, error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Where_the_workspace_is_not_trusted_servers_are_listed_and_none_starts()
    {
        _rig.Configure();
        _rig.Trust.Withhold();

        Assert.Equal(McpServerState.Stopped, Only().State);
        Assert.Equal("this workspace is not trusted, so no server runs in it", Only().Reason);
        Assert.Empty(_rig.Written);
    }

    [Fact]
    public void The_editors_servers_are_the_users_own_behind_those_of_the_settings()
    {
        _rig.OwnServers = """{ "git": { "command": "mine" } }""";
        _rig.WriteProject(
            "editor.json",
            """{ "servers": { "git": { "command": "other" }, "web": { "command": "w" } } } // end"""
        );
        _rig.WriteProject(".mcp.json", """{ "mcpServers": { "web": { "command": "theirs" } } }""");
        var path = Path.Combine(_rig.Workspace.Root, "editor.json");

        _rig.Servers.UseEditorServers(new UseEditorMcpServersParams("mcp.json (Code)", path));

        Assert.Equal(
            [("git", McpServerSource.User, "mine"), ("web", McpServerSource.Editor, "w")],
            _rig.List().Servers.Select(server => (server.Name, server.Source, server.What))
        );
        Assert.Empty(_rig.Servers.OffersOf(_rig.Workspace));

        _rig.Servers.UseEditorServers(new UseEditorMcpServersParams("mcp.json (Code)"));

        Assert.Equal("mcp", Assert.Single(_rig.Servers.OffersOf(_rig.Workspace)).Kind);
    }

    [Fact]
    public void A_file_that_cannot_be_read_is_said_above_the_list()
    {
        _rig.WriteProject(".mcp.json", "{ not json");

        Assert.StartsWith(".mcp.json cannot be read", Assert.Single(_rig.List().Problems), StringComparison.Ordinal);
        Assert.Empty(_rig.Servers.List(null).Servers);
    }

    [Fact]
    public async Task Whoever_waits_for_changes_hears_of_all_of_them_at_once()
    {
        _rig.Configure();
        await _rig.ReadyAsync();

        var first = await _rig.Servers.NextChangeAsync(CancellationToken.None).WaitAsync(McpRig.Patience);
        Assert.Equal((true, "test"), (first.Servers, Assert.Single(first.Logs)));
        var next = _rig.Servers.NextChangeAsync(CancellationToken.None);
        Assert.False(next.IsCompleted);

        _rig.Servers.SetTool(new SetMcpToolParams("test", "echo", Enabled: false));

        var second = await next.WaitAsync(McpRig.Patience);
        Assert.True(second.Servers);
        Assert.Empty(second.Logs);
    }

    private McpServerSummary Only() => Assert.Single(_rig.List().Servers);

    private string RefusalOf(ITool tool)
    {
        var context = new ToolContext("s", "c", _rig.Workspace, new ReadTracker(), new RecordingClient(), _ => default);
        return Assert.IsType<Preparation.Rejected>(tool.Prepare(JsonElement.Parse("{}"), context)).Error;
    }
}
