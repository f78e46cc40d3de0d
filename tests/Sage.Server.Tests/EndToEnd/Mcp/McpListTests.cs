using System.Diagnostics;
using System.Text.Json;
using Sage.SupervisorHost;

namespace Sage.Server.Tests.EndToEnd.Mcp;

/// <summary>The published program over its protocol: what an editor shows of MCP servers, and what it lets people do with them.</summary>
[Trait("Category", "EndToEnd")]
public sealed class McpListTests
{
    private const string Echo = "mcp__test__echo";
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    [Fact]
    public async Task A_tool_that_is_switched_off_is_gone_from_the_next_request_and_a_call_of_it_is_refused()
    {
        await using var server = await LiveServer.InitializedAsync();
        Own(server);
        await UntilAsync(server, "ready");
        server.Model.Reply(r => r.Text("One.")).Reply(r => r.ToolCall(Echo)).Reply(r => r.Text("Two."));
        var session = await server.NewSessionAsync();
        await (await server.PromptAsync(session, "first")).Answer;

        await server.Client.CallAsync("sage/mcp/setTool", """{"server":"test","tool":"echo","enabled":false}""");
        await (await server.PromptAsync(session, "second")).Answer;

        var requests = server.Model.ModelRequests;
        Assert.Contains(Echo, requests[0].ToolNames);
        Assert.All(requests.Skip(1), request => Assert.DoesNotContain(Echo, request.ToolNames));
        Assert.Contains("mcp__test__fail", requests[1].ToolNames);
        Assert.Contains(
            $"The user has switched the tool {Echo} off.",
            Assert.Single(requests[^1].LastToolResults),
            StringComparison.Ordinal
        );
        var settings = await File.ReadAllTextAsync(server.Home["settings.json"]);
        Assert.Contains("// Mine.", settings, StringComparison.Ordinal);
        Assert.Contains("\"disabledTools\": { \"test\": [\"echo\"] }", settings, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_server_that_fails_is_told_with_its_reason_and_log_and_can_be_started_when_it_is_mended()
    {
        await using var server = await LiveServer.InitializedAsync();
        Own(server, "start-crash");

        var failed = await UntilAsync(server, "failed");

        Assert.EndsWith(
            "It said: the configuration is missing",
            failed.GetProperty("reason").GetString(),
            StringComparison.Ordinal
        );
        await server.Client.WaitForAsync(message =>
            message.TryGetProperty("method", out var method) && method.GetString() == "sage/mcp/changed"
        );
        var log = await server.Client.CallAsync("sage/mcp/log", """{"server":"test"}""");
        Assert.Contains(
            log.GetProperty("lines").EnumerateArray(),
            line => line.GetProperty("text").GetString() == "the configuration is missing"
        );

        Own(server);
        var ready = await UntilAsync(server, "ready");
        Assert.Equal(7, ready.GetProperty("tools").GetArrayLength());
    }

    [Fact]
    public async Task A_server_is_stopped_and_started_and_restarted_and_ends_with_the_program()
    {
        await using var server = await LiveServer.InitializedAsync();
        Own(server);
        await UntilAsync(server, "ready");

        await server.Client.CallAsync("sage/mcp/stop", """{"server":"test"}""");
        await UntilAsync(server, "stopped");
        Assert.Throws<ArgumentException>(() => Process.GetProcessById(Started(server)[0]));

        await server.Client.CallAsync("sage/mcp/start", """{"server":"test"}""");
        await UntilAsync(server, "ready");
        await server.Client.CallAsync("sage/mcp/restart", """{"server":"test"}""");
        await UntilAsync(server, "ready");

        Assert.Equal(3, Started(server).Length);
        await server.Client.HangUpAsync();
        await server.EndAsync();
        Assert.All(Started(server), pid => Assert.Throws<ArgumentException>(() => Process.GetProcessById(pid)));
    }

    [Fact]
    public async Task A_projects_server_waits_for_the_consent_and_starts_with_it()
    {
        await using var server = await LiveServer.InitializedAsync();
        server.Folder.Write(".mcp.json", $$"""{ "mcpServers": { "test": {{Entry(server)}} } }""");
        var waiting = await UntilAsync(server, "waitingForConsent");
        Assert.Equal(".mcp.json", waiting.GetProperty("place").GetString());
        var offer = (await server.Client.CallAsync("sage/project/offers", "{}")).GetProperty("offers")[0];

        await server.Client.CallAsync(
            "sage/project/answer",
            $$"""{"kind":"mcp","hash":"{{offer.GetProperty("hash").GetString()}}","answer":"use"}"""
        );

        Assert.Equal("project", (await UntilAsync(server, "ready")).GetProperty("source").GetString());
    }

    [Fact]
    public async Task The_servers_of_the_editors_own_file_are_the_users_own()
    {
        await using var server = await LiveServer.InitializedAsync();
        server.Home.Write(
            "editor/mcp.json",
            $$"""{ "servers": { "test": {{Entry(server)}}, }, /* none */ "inputs": [] }"""
        );

        await server.Client.CallAsync(
            "sage/mcp/useEditorServers",
            $$"""{"place":"mcp.json (Editor)","path":"{{JsonEncodedText.Encode(server.Home["editor/mcp.json"])}}"}"""
        );

        Assert.Equal("editor", (await UntilAsync(server, "ready")).GetProperty("source").GetString());
    }

    private static void Own(LiveServer server, params string[] options) =>
        server.Home.Write(
            "settings.json",
            $$"""
            {
              // Mine.
              "mcp": { "servers": { "test": {{Entry(server, options)}} } }
            }
            """
        );

    private static string Entry(LiveServer server, params string[] options)
    {
        var (command, arguments) = TestSupervisor.McpServer([.. options, $"log={server.Home["test.log"]}"]);
        return $$"""{ "command": {{Json(command)}}, "args": [{{string.Join(", ", arguments.Select(Json))}}] }""";
    }

    private static string Json(string text) => $"\"{JsonEncodedText.Encode(text)}\"";

    private static int[] Started(LiveServer server) =>
        [
            .. File.ReadAllLines(server.Home["test.log"])
                .Where(line => line.StartsWith("started ", StringComparison.Ordinal))
                .Select(line => int.Parse(line[8..], null)),
        ];

    /// <summary>Looks until the one server stands like this.</summary>
    private static async Task<JsonElement> UntilAsync(LiveServer server, string state)
    {
        var waited = Stopwatch.StartNew();
        while (true)
        {
            var list = await server.Client.CallAsync("sage/mcp/list", "{}");
            if (
                list.GetProperty("servers").EnumerateArray().FirstOrDefault() is
                { ValueKind: JsonValueKind.Object } only
            )
            {
                if (only.GetProperty("state").GetString() == state)
                {
                    return only;
                }
            }

            Assert.True(waited.Elapsed < Patience, $"No server got {state}: {list}");
        }
    }
}
