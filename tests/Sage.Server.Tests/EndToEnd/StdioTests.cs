using System.Diagnostics;
using System.Text.Json;
using System.Text.Json.Nodes;
using Sage.Server.Handlers.Workspaces;

namespace Sage.Server.Tests.EndToEnd;

[Trait("Category", "EndToEnd")]
public sealed class StdioTests
{
    [Fact]
    public async Task A_whole_session_is_frames_and_nothing_else()
    {
        await using var server = await LiveServer.InitializedAsync();
        var path = server.Folder.Write("a.txt", "one\ntwo\nthree\n");
        server.Folder.Write("b.txt", "b");
        server.Folder.Write("c.txt", "c");
        await server.Client.NotifyAsync(
            "textDocument/didOpen",
            $$"""{"textDocument":{"uri":"{{FileUri.FromPath(path)}}","languageId":"plaintext","version":1,"text":"one\ntwo\nthree\n"} }"""
        );
        EditAndSaveLikeAnEditor(server, path, "one\n2\nthree\n");
        server.Client.Handle("sage/permission/request", _ => JsonNode.Parse("""{"decision":"allow","scope":"once"}"""));
        server.Model.Reply(r =>
            r.Text("Looking.")
                .ToolCall("read_file", new { path = "a.txt" })
                .ToolCall("read_file", new { path = "b.txt" })
                .ToolCall("read_file", new { path = "c.txt" })
        );
        server.Model.Reply(r =>
            r.ToolCall("edit_file", new { path = "a.txt", edits = new[] { new { old_text = "two", new_text = "2" } } })
        );
        server.Model.Reply(r => r.Text("Done."));
        var session = await server.NewSessionAsync();

        var result = (await (await server.PromptAsync(session, "change two to 2")).Answer).GetProperty("result");

        Assert.Equal("completed", result.GetProperty("outcome").GetString());
        Assert.Equal("one\n2\nthree\n", await File.ReadAllTextAsync(path));
        Assert.Equal(4, Events(server, "toolCallEnded").Count(e => e.GetProperty("status").GetString() == "ok"));
        Assert.Empty(server.Model.Violations);
        await server.Client.CallAsync("shutdown");
        await server.Client.NotifyAsync("exit");
        Assert.Equal((0, ""), await server.EndAsync());
    }

    [Fact]
    public async Task Mistakes_of_the_client_are_answered_and_the_server_lives()
    {
        await using var server = await LiveServer.InitializedAsync();

        await server.Client.SendAsync("{ this is not json");
        var answer = await server.Client.WaitForAsync(m => m.TryGetProperty("error", out _));
        var unknown = await server.Client.FailAsync("sage/session/teleport", "{}");
        var wrong = await server.Client.FailAsync("sage/turn/run", """{"sessionId":"s","input":[{"type":"smell"}]}""");

        Assert.Equal(-32700, answer.GetProperty("error").GetProperty("code").GetInt32());
        Assert.Equal(-32601, unknown.Code);
        Assert.Equal(-32602, wrong.Code);
        await server.NewSessionAsync();
    }

    [Fact]
    public async Task A_broken_header_ends_the_server_with_an_error_in_the_log()
    {
        await using var server = await LiveServer.InitializedAsync();

        await server.Client.SendRawAsync("Content-Length: many\r\n\r\n{}"u8.ToArray());

        var (exitCode, _) = await server.EndAsync();
        Assert.NotEqual(0, exitCode);
        var log = Assert.Single(Directory.GetFiles(server.Home["logs"]));
        Assert.Contains("The connection is broken", await File.ReadAllTextAsync(log), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Stop_ends_a_turn_that_waits_for_a_silent_model()
    {
        await using var server = await LiveServer.InitializedAsync();
        server.Model.Reply(r => r.Text("half").Silence());
        var session = await server.NewSessionAsync();
        var (id, answer) = await server.PromptAsync(session, "hello");
        await server.Client.WaitForAsync(m => m.ToString().Contains("textDelta", StringComparison.Ordinal));

        await server.Client.NotifyAsync("$/cancelRequest", $$"""{"id":"{{id}}"}""");

        Assert.Equal("interrupted", (await answer).GetProperty("result").GetProperty("outcome").GetString());
    }

    [Fact]
    public async Task The_light_bulb_and_the_inline_edit_work()
    {
        await using var server = await LiveServer.InitializedAsync();
        var path = server.Folder.Write("a.ts", "foo();\n");
        var uri = FileUri.FromPath(path);
        await server.Client.NotifyAsync(
            "textDocument/didOpen",
            $$"""{"textDocument":{"uri":"{{uri}}","languageId":"typescript","version":1,"text":"foo();\n"} }"""
        );
        const string range = """{"start":{"line":0,"character":0},"end":{"line":0,"character":3} }""";

        var actions = await server.Client.CallAsync(
            "textDocument/codeAction",
            $$"""{"textDocument":{"uri":"{{uri}}"},"range":{{range}},"context":{"diagnostics":[{"range":{{range}},"message":"no foo","code":"E1"}]} }"""
        );
        var reference = actions[0].GetProperty("command").GetProperty("arguments")[0].GetProperty("id").GetString();
        var resolved = await server.Client.CallAsync(
            "workspace/executeCommand",
            $$"""{"command":"sage.internal.resolveCodeAction","arguments":["{{reference}}"]}"""
        );
        Assert.Contains("no foo", resolved.GetProperty("prompt").GetString(), StringComparison.Ordinal);

        server.Model.Reply(r => r.TextPieces("bar", "();"));
        var edited = await server.Client.CallAsync(
            "sage/inlineEdit/run",
            $$"""{"path":{{JsonSerializer.Serialize(path)}},"startLine":1,"endLine":1,"instruction":"call bar","partialResultToken":"p1"}"""
        );
        Assert.Equal("bar();", edited.GetProperty("text").GetString());
        await server.Client.WaitForMethodAsync("$/progress");
    }

    [Fact]
    public async Task The_server_ends_when_its_editor_dies_though_its_input_stays_open()
    {
        await using var server = await LiveServer.StartAsync();
        using var editor = Process.Start(new ProcessStartInfo("sleep", "120"))!;
        await server.InitializeAsync(editor.Id);

        editor.Kill();

        Assert.Equal((0, ""), await server.EndAsync());
    }

    private static IEnumerable<JsonElement> Events(LiveServer server, string type) =>
        server
            .Client.Received.Where(m => m.TryGetProperty("method", out var name) && name.GetString() == "sage/event")
            .Select(m => m.GetProperty("params").GetProperty("event"))
            .Where(e => e.GetProperty("type").GetString() == type);

    private static void EditAndSaveLikeAnEditor(LiveServer server, string path, string newText)
    {
        server.Client.Handle(
            "workspace/applyEdit",
            async _ =>
            {
                await server.Client.NotifyAsync(
                    "textDocument/didChange",
                    $$"""{"textDocument":{"uri":"{{FileUri.FromPath(path)}}","version":2},"contentChanges":[{"text":{{JsonSerializer.Serialize(newText)}}}]}"""
                );
                return JsonNode.Parse("""{"applied":true}""");
            }
        );
        server.Client.Handle(
            "sage/document/save",
            async _ =>
            {
                await File.WriteAllTextAsync(path, newText);
                return JsonNode.Parse("""{"saved":true}""");
            }
        );
    }
}
