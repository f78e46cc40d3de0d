using System.Text.Json;
using System.Text.Json.Nodes;
using Sage.TestKit.ScriptedModel;

namespace Sage.Server.Tests.EndToEnd.EditorKnowledge;

/// <summary>The tools that ask the editor, over the wire, with a client that plays the language servers.</summary>
[Trait("Category", "EndToEnd")]
public sealed class EditorKnowledgeTests
{
    private static readonly string[] Tools =
    [
        "code_actions",
        "diagnostics",
        "document_symbols",
        "find_references",
        "go_to_definition",
        "hover",
        "rename_symbol",
        "workspace_symbols",
    ];

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task The_tools_are_offered_where_the_editor_says_that_it_answers(bool answers)
    {
        await using var server = await StartAsync(answers);
        server.Model.Reply(r => r.Text("Hello."));

        await RunAsync(server, await server.NewSessionAsync());

        var offered = server
            .Model.ModelRequests[0]
            .Body.GetProperty("tools")
            .EnumerateArray()
            .Select(tool => tool.GetProperty("function").GetProperty("name").GetString()!)
            .ToList();
        Assert.Equal(answers ? Tools : [], offered.Intersect(Tools).Order(StringComparer.Ordinal));
        Assert.Contains("edit_file", offered);
    }

    [Fact]
    public async Task Every_question_reaches_the_editor_and_its_answer_the_model()
    {
        await using var server = await StartAsync();
        var at = new
        {
            path = "a.ts",
            line = 1,
            symbol = "total",
        };
        server.Model.Reply(r =>
            r.ToolCall("find_references", at)
                .ToolCall("go_to_definition", at)
                .ToolCall("hover", at)
                .ToolCall("document_symbols", new { path = "a.ts" })
                .ToolCall("workspace_symbols", new { query = "tot" })
                .ToolCall("diagnostics", new { })
                .ToolCall(
                    "code_actions",
                    new
                    {
                        path = "a.ts",
                        start_line = 1,
                        end_line = 1,
                    }
                )
        );
        server.Model.Reply(r => r.Text("Now I know."));
        Answer(server);

        await RunAsync(server, await server.NewSessionAsync(), mode: "plan");

        var told = Told(server);
        Assert.Contains("1 reference to `total`, in 1 file:\\n\\na.ts\\n1: the line", told, StringComparison.Ordinal);
        Assert.Contains("`total` is defined in:\\n\\na.ts\\n1: the line", told, StringComparison.Ordinal);
        Assert.Contains("const total: number", told, StringComparison.Ordinal);
        Assert.Contains("1 constant total", told, StringComparison.Ordinal);
        Assert.Contains("a.ts:1 constant total", told, StringComparison.Ordinal);
        Assert.Contains("a.ts:1 error ts(2322): Unused.", told, StringComparison.Ordinal);
        Assert.Contains("- Remove it (quickfix, preferred)", told, StringComparison.Ordinal);
        Assert.Empty(server.Model.Violations);
    }

    [Fact]
    public async Task A_rename_is_shown_before_it_is_made_and_undone_file_by_file()
    {
        await using var server = await StartAsync();
        server.Model.Reply(r => r.ToolCall("rename_symbol", Rename));
        server.Model.Reply(r => r.Text("Renamed."));
        JsonElement? asked = null;
        server.Client.Handle(
            "sage/permission/request",
            request =>
            {
                asked = request;
                return JsonNode.Parse("""{"decision":"allow","scope":"once"}""");
            }
        );
        var session = await server.NewSessionAsync();

        Assert.Equal("completed", await RunAsync(server, session));

        Assert.Equal(
            ["a.ts", "b.ts"],
            asked!.Value.GetProperty("previews").EnumerateArray().Select(p => p.GetProperty("path").GetString())
        );
        Assert.Equal("rename_symbol(a.ts, b.ts)", asked.Value.GetProperty("rule").GetString());
        Assert.Equal("export const sum = 1;\n", server.Folder.Read("a.ts"));
        Assert.Equal("log(sum);\n", server.Folder.Read("b.ts"));
        var pending = (await server.Client.CallAsync("sage/hunk/list", $$"""{"sessionId":"{{session}}"}"""))
            .GetProperty("files")
            .EnumerateArray()
            .ToList();
        Assert.Equal(2, pending.Count);
        var hunk = pending[1].GetProperty("hunks")[0].GetProperty("id").GetString();
        await server.Client.CallAsync(
            "sage/hunk/undo",
            $$"""{"sessionId":"{{session}}","path":"{{pending[1].GetProperty("path").GetString()}}","hunkId":"{{hunk}}"}"""
        );
        Assert.Equal("log(total);\n", server.Folder.Read("b.ts"));
        Assert.Equal("export const sum = 1;\n", server.Folder.Read("a.ts"));
    }

    [Fact]
    public async Task A_rule_that_denies_one_of_the_files_denies_the_rename()
    {
        await using var server = await StartAsync();
        server.Home.Write("settings.json", """{"permissions":{"deny":["edit(b.ts)"]} }""");
        server.Model.Reply(r => r.ToolCall("rename_symbol", Rename));
        server.Model.Reply(r => r.Text("Not renamed."));

        await RunAsync(server, await server.NewSessionAsync(), mode: "full");

        Assert.Contains("It is denied by the rule edit(b.ts)", Told(server), StringComparison.Ordinal);
        Assert.Equal("export const total = 1;\n", server.Folder.Read("a.ts"));
    }

    [Fact]
    public async Task What_an_edit_breaks_is_told_with_its_result_or_before_the_next_request()
    {
        await using var server = await StartAsync();
        server.Model.Reply(r => r.ToolCall("edit_file", Edit("total", "sum")));
        server.Model.Reply(r => r.ToolCall("edit_file", Edit("sum", "total")));
        server.Model.Reply(r => r.Text("Mended."));
        var count = 0;
        server.Client.Handle(
            "sage/editor/diagnostics",
            // Before and after the first edit, before the second request, before and after the second edit, before the third request.
            _ => ++count is 2 or 6 ? Reported(server, count, $"Broken {count}.") : Reported(server, 1)
        );

        await RunAsync(server, await server.NewSessionAsync(), mode: "full");

        Assert.Contains("Broken 2.", ToolResultOf(server.Model.ModelRequests[1]), StringComparison.Ordinal);
        var last = server.Model.ModelRequests[2].Body.GetProperty("messages").EnumerateArray().Last();
        Assert.Equal("user", last.GetProperty("role").GetString());
        Assert.Contains("Broken 6.", last.GetRawText(), StringComparison.Ordinal);
        Assert.DoesNotContain("Broken 6.", ToolResultOf(server.Model.ModelRequests[2]), StringComparison.Ordinal);
        Assert.Empty(server.Model.Violations);
    }

    [Theory]
    [InlineData("rename_symbol", "sage/editor/rename")]
    [InlineData("find_references", "sage/editor/references")]
    public async Task A_stop_does_not_wait_for_an_editor_that_does_not_answer(string tool, string method)
    {
        await using var server = await StartAsync();
        var at = new
        {
            path = "a.ts",
            line = 1,
            symbol = "total",
        };
        server.Model.Reply(r => r.ToolCall(tool, tool == "rename_symbol" ? Rename : at));
        server.Client.Handle(method, _ => new TaskCompletionSource<JsonNode?>().Task);
        var (id, answer) = await server.PromptAsync(await server.NewSessionAsync(), "go");
        var asked = await server.Client.WaitForMethodAsync(method);

        await server.Client.NotifyAsync("$/cancelRequest", $$"""{"id":"{{id}}"}""");

        Assert.Equal("interrupted", Outcome(await answer));
        var cancelled = await server.Client.WaitForMethodAsync("$/cancelRequest");
        Assert.Equal(asked.GetProperty("id").ToString(), cancelled.GetProperty("params").GetProperty("id").ToString());
    }

    private static object Rename { get; } = new
    {
        path = "a.ts",
        line = 1,
        symbol = "total",
        new_name = "sum",
    };

    private static object Edit(string old, string with) =>
        new { path = "a.ts", edits = new[] { new { old_text = old, new_text = with } } };

    private static async Task<LiveServer> StartAsync(bool answers = true)
    {
        var server = await LiveServer.StartAsync();
        server.MoreOptions = answers ? ",\"editorKnowledge\":true" : "";
        server.Folder.Write("a.ts", "export const total = 1;\n");
        server.Folder.Write("b.ts", "log(total);\n");
        server.Client.Handle("sage/editor/diagnostics", _ => Reported(server, 1));
        server.Client.Handle(
            "sage/editor/rename",
            _ =>
                JsonNode.Parse(
                    $$"""
                    {"edit":{"hasFileOperations":false,"files":[
                      {"path":"{{server.Folder["a.ts"]}}","edits":[{{Word(13)}}]},
                      {"path":"{{server.Folder["b.ts"]}}","edits":[{{Word(4)}}]}]} }
                    """
                )
        );
        await server.ConfigureAsync(WireFormat.OpenAIChat);
        return server;
    }

    /// <summary>What language servers say of the one symbol.</summary>
    private static void Answer(LiveServer server)
    {
        var here = JsonNode.Parse(
            $$"""{"count":1,"locations":[{"path":"{{server.Folder["a.ts"]}}","line":1,"text":"the line"}]}"""
        );
        server.Client.Handle("sage/editor/references", _ => here!.DeepClone());
        server.Client.Handle("sage/editor/definitions", _ => here!.DeepClone());
        server.Client.Handle("sage/editor/hover", _ => JsonNode.Parse("""{"text":"const total: number"}"""));
        foreach (var method in new[] { "sage/editor/documentSymbols", "sage/editor/workspaceSymbols" })
        {
            server.Client.Handle(
                method,
                _ =>
                    JsonNode.Parse(
                        $$"""{"count":1,"symbols":[{"name":"total","kind":"constant","path":"{{server.Folder["a.ts"]}}","startLine":1,"endLine":1,"depth":0}]}"""
                    )
            );
        }

        server.Client.Handle("sage/editor/diagnostics", _ => Reported(server, 1, "Unused."));
        server.Client.Handle(
            "sage/editor/codeActions",
            _ => JsonNode.Parse("""{"actions":[{"title":"Remove it","isPreferred":true,"kind":"quickfix"}]}""")
        );
    }

    private static string Word(int start) =>
        $$"""{"startLine":1,"startCharacter":{{start}},"endLine":1,"endCharacter":{{start + 5}},"oldText":"total","newText":"sum"}""";

    private static JsonNode? Reported(LiveServer server, int revision, string? message = null)
    {
        var one =
            $$"""{"path":"{{server.Folder["a.ts"]}}","line":1,"severity":"error","message":"{{message}}","source":"ts","code":"2322"}""";
        return JsonNode.Parse(
            $$"""{"revision":{{revision}},"diagnostics":[{{(message is null ? "" : one)}}],"errors":{{(message is null ? 0 : 1)}},"warnings":0,"others":0,"unseen":[]}"""
        );
    }

    private static async Task<string?> RunAsync(LiveServer server, string session, string mode = "ask")
    {
        var (_, answer) = await server.PromptAsync(session, "go", mode);
        return Outcome(await answer);
    }

    private static string? Outcome(JsonElement answer) =>
        answer.GetProperty("result").GetProperty("outcome").GetString();

    private static string Told(LiveServer server) => server.Model.ModelRequests[^1].Body.GetRawText();

    /// <summary>The newest result that a request tells.</summary>
    private static string ToolResultOf(RecordedRequest request) =>
        request
            .Body.GetProperty("messages")
            .EnumerateArray()
            .Last(message => message.GetProperty("role").GetString() == "tool")
            .GetRawText();
}
