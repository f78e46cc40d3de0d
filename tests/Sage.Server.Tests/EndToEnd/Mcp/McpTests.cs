using System.Diagnostics;
using System.Text.Json;
using Sage.Server.Tests.EndToEnd.Headless;
using Sage.SupervisorHost;
using Sage.TestKit.ScriptedModel;

namespace Sage.Server.Tests.EndToEnd.Mcp;

/// <summary>The published program, headless, with MCP servers that the user or the project brings along.</summary>
[Trait("Category", "EndToEnd")]
public sealed class McpTests : HeadlessTest
{
    private const string Echo = "mcp__test__echo";

    [Fact]
    public async Task A_servers_tools_join_a_turn_that_has_begun_and_what_they_answer_raises_the_bar()
    {
        Own(Entry("test"));
        Model.Fallback = OnceOffered(
            Echo,
            reply => reply.ToolCall(Echo, new { text = "hello" }),
            reply => reply.ToolCall("write_file", new { path = "obeyed.txt", content = "x" })
        );

        var run = await RunAsync("--mode", "full");

        Assert.Equal(0, run.ExitCode);
        var results = run.Results.TakeLast(2).ToList();
        Assert.Equal(["ok", "denied"], results.Select(result => result.Status));
        Assert.Matches(
            "^<outside-content id=\"[0-9a-f]{16}\" source=\"MCP server test\">\nYou said: hello\n</outside-content",
            results[0].Text
        );
        Assert.Contains("The model has just read MCP server test", results[1].Text, StringComparison.Ordinal);
        Assert.False(File.Exists(Folder["obeyed.txt"]));
        AssertGone();
    }

    [Fact]
    public async Task A_rule_for_a_server_allows_its_tools_and_one_that_denies_says_whose_it_is()
    {
        Own(Entry("test"), """, "permissions": { "allow": ["mcp__test__*"], "deny": ["mcp__test__fail"] }""");
        Model.Fallback = OnceOffered(
            Echo,
            reply => reply.ToolCall("mcp__test__fail").ToolCall(Echo, new { text = "hello" }),
            reply => reply.Text("Done.")
        );

        var results = (await RunAsync()).Results.TakeLast(2).ToList();

        Assert.Equal(["denied", "ok"], results.Select(result => result.Status));
        Assert.Contains("the rule mcp__test__fail in your settings (", results[0].Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task In_plan_mode_no_tool_of_a_server_runs_whatever_it_says_of_itself()
    {
        Own(Entry("test"));
        Model.Fallback = OnceOffered(Echo, reply => reply.ToolCall(Echo), reply => reply.Text("Done."));

        var results = (await RunAsync("--mode", "plan", "--allow", Echo)).Results;

        Assert.Equal("denied", results[^1].Status);
        Assert.Contains("plan mode", results[^1].Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_projects_servers_start_only_when_the_command_line_trusts_the_project()
    {
        Folder.Write(".mcp.json", $$"""{ "mcpServers": { "test": {{Entry("test")}} } }""");
        Model.Reply(r => r.Text("Done."));

        var untrusted = await RunAsync(json: false);

        Assert.Contains(
            "sage: .mcp.json has MCP servers that you have not agreed to; they are not used. --trust-project uses them",
            untrusted.Error,
            StringComparison.Ordinal
        );
        Assert.False(File.Exists(Home["test.log"]));

        Model.Fallback = OnceOffered(
            Echo,
            reply => reply.ToolCall(Echo, new { text = "yes" }),
            reply => reply.Text("Done.")
        );
        var trusted = await RunAsync("--trust-project", "--allow", Echo);

        Assert.Contains("You said: yes", trusted.Results[^1].Text, StringComparison.Ordinal);
        AssertGone();
    }

    [Fact]
    public async Task Ten_servers_that_are_dead_or_slow_delay_neither_the_first_request_nor_the_end()
    {
        var servers = Enumerable
            .Range(0, 10)
            .Select(number => $"\"s{number}\": {Entry($"s{number}", number % 2 == 0 ? "silent" : "start-crash")}");
        Home.Write("settings.json", $$"""{ "mcp": { "servers": { {{string.Join(", ", servers)}} } } }""");
        Model.Reply(r => r.Text("Done."));

        var run = await RunAsync();

        Assert.Equal(0, run.ExitCode);
        // The silent ones never say anything: had anybody waited for them, they would have been reported by then.
        Assert.DoesNotContain("not ready within", run.Output, StringComparison.Ordinal);
        Assert.DoesNotContain(
            Assert.Single(Model.ModelRequests).ToolNames,
            name => name.StartsWith("mcp__", StringComparison.Ordinal)
        );
        AssertGone();
    }

    [Fact]
    public async Task A_prompt_of_a_server_and_what_it_has_to_read_are_sent_from_the_command_line_and_raise_the_bar()
    {
        Own(Entry("test", "rich"));
        Model.Reply(r => r.ToolCall("write_file", new { path = "obeyed.txt", content = "x" }));
        Model.Reply(r => r.Text("Done."));

        var run = await RunWordsAsync("/mcp__test__triage 7 with @test:test://notes.");

        Assert.Equal(0, run.ExitCode);
        var request = Model.ModelRequests[0].LastUserText;
        Assert.Contains("Triage issue 7, with @test:test://notes.", request, StringComparison.Ordinal);
        Assert.Contains("Ship on Friday.", request, StringComparison.Ordinal);
        Assert.Contains("It does not start.", request, StringComparison.Ordinal);
        Assert.Equal("denied", run.Results[^1].Status);
        Assert.Contains("The model has just read MCP server test", run.Results[^1].Text, StringComparison.Ordinal);
        AssertGone();
    }

    [Fact]
    public async Task A_question_of_a_server_is_declined_where_nobody_is()
    {
        const string ask = "mcp__test__ask";
        Own(Entry("test", "rich"));
        Model.Fallback = OnceOffered(
            ask,
            reply => reply.ToolCall(ask, new { schema = new { type = "object", properties = new { } } }),
            reply => reply.Text("Done.")
        );

        var run = await RunAsync("--allow", ask);

        Assert.Contains("\"action\":\"decline\"", run.Results[^1].Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Many_tools_are_found_by_searching_and_can_be_called_from_the_next_request_on()
    {
        Own(Entry("test", "many=60"));
        Model.Fallback = OnceOffered(
            "search_tools",
            reply => reply.ToolCall("search_tools", new { query = "number_42" }),
            reply => reply.ToolCall("mcp__test__number_42"),
            reply => reply.Text("Done.")
        );

        var run = await RunAsync("--allow", "mcp__test__number_42");

        Assert.Contains("ran number_42", run.Results[^1].Text, StringComparison.Ordinal);
        var requests = Model.ModelRequests;
        Assert.Contains("mcp__test__number_42", requests[^1].ToolNames);
        Assert.True(requests[^1].ToolNames.Count(name => name.StartsWith("mcp__", StringComparison.Ordinal)) < 10);
    }

    /// <summary>A model that looks around until a tool is offered to it, and then says these, one after the other.</summary>
    private static Func<RecordedRequest, ScriptedReply> OnceOffered(string tool, params Action<ScriptedReply>[] replies)
    {
        var said = 0;
        return request =>
        {
            var reply = new ScriptedReply();
            if (said == 0 && !request.ToolNames.Contains(tool))
            {
                // Something else each time: whoever repeats itself is stopped.
                return reply
                    .Delay(TimeSpan.FromMilliseconds(20))
                    .ToolCall("grep", new { pattern = $"nothing-{request.Number}" });
            }

            if (said < replies.Length)
            {
                replies[said++](reply);
                return reply;
            }

            return reply.Text("Done.");
        };
    }

    private void Own(string entry, string more = "") =>
        Home.Write("settings.json", $$"""{ "mcp": { "servers": { "test": {{entry}} } }{{more}} }""");

    private string Entry(string name, params string[] options)
    {
        var (command, arguments) = TestSupervisor.McpServer([.. options, $"log={Home[$"{name}.log"]}"]);
        return $$"""{ "command": {{Json(command)}}, "args": [{{string.Join(", ", arguments.Select(Json))}}] }""";
    }

    private static string Json(string text) => $"\"{JsonEncodedText.Encode(text)}\"";

    private Task<HeadlessRun> RunAsync(params string[] arguments) => RunAsync(json: true, arguments);

    private Task<HeadlessRun> RunWordsAsync(string words) =>
        HeadlessRun.OfAsync(HeadlessRun.Exec(Model, Home.Root, Folder.Root, ["--json", "--mode", "full", words]));

    private Task<HeadlessRun> RunAsync(bool json, params string[] arguments) =>
        HeadlessRun.OfAsync(
            HeadlessRun.Exec(
                Model,
                Home.Root,
                Folder.Root,
                [.. json ? ["--json"] : Array.Empty<string>(), .. arguments, "Go."]
            )
        );

    /// <summary>No server has outlived the program.</summary>
    private void AssertGone()
    {
        foreach (var log in Directory.GetFiles(Home.Root, "*.log"))
        {
            foreach (
                var line in File.ReadAllLines(log).Where(line => line.StartsWith("started ", StringComparison.Ordinal))
            )
            {
                Assert.Throws<ArgumentException>(() => Process.GetProcessById(int.Parse(line[8..], null)));
            }
        }
    }
}
