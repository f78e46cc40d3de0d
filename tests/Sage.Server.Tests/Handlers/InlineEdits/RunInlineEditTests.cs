using System.Text.Json;
using Microsoft.Extensions.AI;
using Sage.Agent.LanguageModels;
using Sage.Protocol;
using Sage.Protocol.Turns;
using Sage.Server.Handlers.Workspaces;
using Sage.Server.Tests.Fakes;

namespace Sage.Server.Tests.Handlers.InlineEdits;

public sealed class RunInlineEditTests
{
    [Fact]
    public async Task The_replacement_streams_as_progress_and_is_answered_whole()
    {
        await using var rig = await ServerRig.InitializedAsync();
        var path = rig.Folder.Write("a.ts", "let a = 1;\n");
        rig.Models.Client.Reply(new TextContent("const a"), new TextContent(" = 1;"));

        var result = await rig.Client.CallAsync("sage/inlineEdit/run", Request(path, token: "t1"));

        Assert.Equal("const a = 1;", result.GetProperty("text").GetString());
        var pieces = rig.Client.Received.Where(IsProgress).Select(m => m.GetProperty("params")).ToList();
        Assert.All(pieces, p => Assert.Equal("t1", p.GetProperty("token").GetString()));
        var text = "";
        foreach (var value in pieces.Select(p => p.GetProperty("value")))
        {
            Assert.Equal(text.Length, value.GetProperty("offset").GetInt32());
            text += value.GetProperty("text").GetString();
        }

        Assert.Equal("const a = 1;", text);
    }

    [Fact]
    public async Task The_model_sees_unsaved_text()
    {
        await using var rig = await ServerRig.InitializedAsync();
        var path = rig.Folder.Write("a.ts", "on disk\n");
        await rig.Client.NotifyAsync(
            "textDocument/didOpen",
            $$"""{"textDocument":{"uri":"{{FileUri.FromPath(path)}}","languageId":"typescript","version":1,"text":"not saved\n"} }"""
        );

        await rig.Client.CallAsync("sage/inlineEdit/run", Request(path));

        Assert.Contains("not saved", rig.Models.Client.Requests[0][^1].Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_refinement_shows_the_model_the_original_its_proposal_and_all_that_was_asked_for()
    {
        await using var rig = await ServerRig.InitializedAsync();
        var path = rig.Folder.Write("a.ts", "const a = 1;\n");
        const string refines = """, "refines":{"original":"var a = 1;","instructions":["no var"]}""";

        await rig.Client.CallAsync("sage/inlineEdit/run", Request(path, more: refines));

        var sent = rig.Models.Client.Requests[0][^1].Text;
        Assert.Contains("<target>\nconst a = 1;\n</target>", sent, StringComparison.Ordinal);
        Assert.Contains("<original>\nvar a = 1;\n</original>", sent, StringComparison.Ordinal);
        Assert.Contains("asked for with:\n- no var\n", sent, StringComparison.Ordinal);
        Assert.EndsWith("Instruction: use const", sent, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_model_that_fails_is_reported_with_what_had_arrived()
    {
        await using var rig = await ServerRig.InitializedAsync();
        var path = rig.Folder.Write("a.ts", "x\n");
        rig.Models.Client.Reply(_ => FailingAsync());

        var result = await rig.Client.CallAsync("sage/inlineEdit/run", Request(path));

        Assert.Equal(TurnErrorCodes.Network, result.GetProperty("error").GetProperty("code").GetString());
    }

    [Fact]
    public async Task A_document_that_cannot_be_read_is_named()
    {
        await using var rig = await ServerRig.InitializedAsync();

        var (code, message) = await rig.Client.FailAsync("sage/inlineEdit/run", Request(rig.Folder["no.ts"]));

        Assert.Equal(ErrorCodes.InvalidParams, code);
        Assert.Contains("no.ts", message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_cancelled_edit_is_answered_as_cancelled()
    {
        await using var rig = await ServerRig.InitializedAsync();
        var path = rig.Folder.Write("a.ts", "x\n");
        var asked = new TaskCompletionSource();
        rig.Models.Client.Reply(token => WaitingAsync(asked, token));
        var (id, answer) = await rig.Client.SendRequestAsync("sage/inlineEdit/run", Request(path));
        await asked.Task;

        await rig.Client.NotifyAsync("$/cancelRequest", $$"""{"id":"{{id}}"}""");

        Assert.Equal(ErrorCodes.RequestCancelled, (await answer).GetProperty("error").GetProperty("code").GetInt32());
    }

    private static string Request(string path, string? token = null, string more = "") =>
        $$"""
            {"path":{{JsonSerializer.Serialize(path)}},"startLine":1,"endLine":1,"instruction":"use const",
             "partialResultToken":{{JsonSerializer.Serialize(token)}}{{more}}}
            """;

    private static bool IsProgress(JsonElement message) =>
        message.TryGetProperty("method", out var method) && method.GetString() == "$/progress";

    private static async IAsyncEnumerable<ChatResponseUpdate> FailingAsync()
    {
        await Task.Yield();
        yield return new ChatResponseUpdate(ChatRole.Assistant, "half");
        throw new ModelException(TurnErrorCodes.Network, "The connection broke.", retryable: true);
    }

    private static async IAsyncEnumerable<ChatResponseUpdate> WaitingAsync(
        TaskCompletionSource asked,
        [System.Runtime.CompilerServices.EnumeratorCancellation] CancellationToken cancellationToken
    )
    {
        asked.SetResult();
        await Task.Delay(Timeout.Infinite, cancellationToken);
        yield break;
    }
}
