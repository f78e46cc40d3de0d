using System.Text.Json;
using System.Text.Json.Nodes;
using System.Threading.Channels;
using Sage.Agent.LanguageModels;
using Sage.Agent.ToolCalls;
using Sage.Protocol.EditorModels;
using Sage.Server.Handlers.EditorModels;
using Sage.TestKit.Agents;

namespace Sage.Server.Tests.Handlers.EditorModels;

public sealed class EditorModelTests
{
    [Fact]
    public async Task The_models_of_the_editor_are_listed_and_none_of_them_is_chosen_by_itself()
    {
        await using var rig = await EditorRig.StartAsync();

        var model = Assert.Single(await rig.ListAsync());

        Assert.Equal(EditorRig.Model, model.GetProperty("id").GetString());
        Assert.Equal("One Large", model.GetProperty("name").GetString());
        Assert.Equal(64_000, model.GetProperty("contextWindow").GetInt32());
        Assert.True(model.GetProperty("ready").GetBoolean());
        var selected = (await rig.Client.CallAsync("sage/model/list")).GetProperty("selected").GetString()!;
        Assert.False(selected.StartsWith("editor/", StringComparison.Ordinal), selected);
    }

    [Fact]
    public async Task A_client_that_does_not_offer_models_is_never_asked_for_them()
    {
        await using var rig = await EditorRig.StartAsync(offers: false);

        Assert.Empty(await rig.ListAsync());

        Assert.DoesNotContain(
            rig.Client.Received,
            m => m.TryGetProperty("method", out var name) && name.GetString() == "sage/editorModel/list"
        );
        var (_, message) = await rig.Client.FailAsync(
            "sage/turn/run",
            $$"""{"sessionId":"{{await rig.NewSessionAsync()}}","model":"{{EditorRig.Model}}","input":[{"type":"text","text":"hi"}]}"""
        );
        Assert.Contains("inside VS Code", message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_editor_is_asked_once_and_again_after_its_models_changed()
    {
        await using var rig = await EditorRig.StartAsync();
        var asked = 0;
        rig.Client.Handle(
            "sage/editorModel/list",
            _ =>
            {
                asked++;
                return JsonNode.Parse("""{"models":[]}""");
            }
        );

        await rig.ListAsync();
        await rig.ListAsync();
        Assert.Equal(1, asked);

        await rig.Client.NotifyAsync("sage/editorModel/changed", "{}");
        await rig.ListAsync();
        Assert.Equal(2, asked);
    }

    [Fact]
    public async Task An_editor_that_does_not_answer_holds_the_list_up_for_a_moment_only()
    {
        await using var rig = await EditorRig.StartAsync();
        var late = new TaskCompletionSource<JsonNode?>();
        rig.Client.Handle("sage/editorModel/list", _ => late.Task);

        Assert.Empty(await rig.ListAsync());

        late.SetResult(JsonNode.Parse(EditorRig.Models));
        var listed = await rig.ListAsync();
        Assert.Single(listed);
    }

    [Fact]
    public async Task A_model_picked_before_the_restart_answers_after_it()
    {
        await using var rig = await EditorRig.StartAsync(
            settings: $$"""{"provider":"anthropic","model":"{{EditorRig.Model}}"}"""
        );

        var list = await rig.Client.CallAsync("sage/model/list");

        Assert.Equal(EditorRig.Model, list.GetProperty("selected").GetString());
    }

    [Fact]
    public async Task A_turn_streams_what_the_editor_hands_over_and_gives_results_back()
    {
        var look = new FunctionTool("look", (_, _, _) => Task.FromResult(ToolResult.Ok("seven")));
        await using var rig = await EditorRig.StartAsync(tools: look);
        var requests = new List<JsonElement>();
        rig.Client.Handle(
            "sage/editorModel/ask",
            async request =>
            {
                requests.Add(request);
                await rig.SayAsync(
                    request,
                    requests.Count == 1
                        ?
                        [
                            "\"text\":\"Let me \"",
                            "\"text\":\"see.\"",
                            "\"toolCall\":{\"callId\":\"c1\",\"name\":\"look\",\"input\":{\"at\":1}}",
                        ]
                        : ["\"text\":\"It is seven.\""]
                );
                return JsonNode.Parse("""{"inputTokens":100,"outputTokens":7}""");
            }
        );

        var result = await rig.RunAsync();

        Assert.Equal("completed", result.GetProperty("outcome").GetString());
        Assert.Equal(200, result.GetProperty("usage").GetProperty("inputTokens").GetInt64());
        Assert.True(result.GetProperty("usage").GetProperty("estimated").GetBoolean());
        Assert.Equal(
            "Let me see.It is seven.",
            string.Concat(rig.Events("textDelta").Select(e => e.GetProperty("text").GetString()))
        );
        Assert.Equal("ok", Assert.Single(rig.Events("toolCallEnded")).GetProperty("status").GetString());
        Assert.Equal("acme/one/large", requests[0].GetProperty("model").GetString());
        Assert.Equal("look", requests[0].GetProperty("tools")[0].GetProperty("name").GetString());
        AssertGivesBack("seven", requests[1].GetProperty("messages"));
    }

    [Fact]
    public async Task Stopping_the_turn_cancels_the_request_in_the_editor_and_what_still_comes_is_passed_over()
    {
        await using var rig = await EditorRig.StartAsync();
        var never = new TaskCompletionSource<JsonNode?>();
        var request = new TaskCompletionSource<JsonElement>();
        rig.Client.Handle(
            "sage/editorModel/ask",
            async asked =>
            {
                await rig.SayAsync(asked, "\"text\":\"Once upon\"");
                request.SetResult(asked);
                return await never.Task;
            }
        );
        var (id, answer) = await rig.SendRunAsync();
        var asked = await rig.Client.WaitForMethodAsync("sage/editorModel/ask");
        await request.Task;

        await rig.Client.NotifyAsync("$/cancelRequest", $$"""{"id":"{{id}}"}""");

        Assert.Equal("interrupted", (await answer).GetProperty("result").GetProperty("outcome").GetString());
        var cancelled = await rig.Client.WaitForMethodAsync("$/cancelRequest");
        Assert.Equal(asked.GetProperty("id").ToString(), cancelled.GetProperty("params").GetProperty("id").ToString());
        await rig.SayAsync(await request.Task, "\"text\":\" a time\"");
        Assert.Equal("Once upon", rig.Events("replyEnded")[^1].GetProperty("text").GetString());
        never.SetResult(null);
    }

    [Fact]
    public async Task A_refused_consent_fails_the_turn_with_what_to_do()
    {
        await using var rig = await EditorRig.StartAsync();
        rig.Client.Handle(
            "sage/editorModel/ask",
            _ => JsonNode.Parse("""{"failure":{"kind":"noPermissions","message":"no"}}""")
        );

        var error = (await rig.RunAsync()).GetProperty("error");

        Assert.Equal("authentication", error.GetProperty("code").GetString());
        Assert.Contains("consent", error.GetProperty("message").GetString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_editor_that_answers_with_an_error_fails_the_turn()
    {
        await using var rig = await EditorRig.StartAsync();

        var error = (await rig.RunAsync()).GetProperty("error");

        Assert.Equal("invalidResponse", error.GetProperty("code").GetString());
    }

    [Fact]
    public async Task An_editor_that_goes_away_in_the_middle_fails_the_reply()
    {
        await using var rig = await EditorRig.StartAsync();
        rig.Client.Handle("sage/editorModel/ask", _ => new TaskCompletionSource<JsonNode?>().Task);
        var parts = Channel.CreateUnbounded<EditorModelPartParams>();
        var asking = rig.Get<EditorModelPort>()
            .AskAsync(new AskEditorModelParams("r", "acme/one/large", [], []), parts.Writer, default);
        await rig.Client.WaitForMethodAsync("sage/editorModel/ask");

        await rig.Client.HangUpAsync();

        var error = await Assert.ThrowsAsync<ModelException>(() => asking);
        Assert.Equal("network", error.Code);
    }

    [Fact]
    public async Task A_reader_that_is_slow_makes_the_editor_wait()
    {
        await using var rig = await EditorRig.StartAsync();
        var end = new TaskCompletionSource<JsonNode?>();
        rig.Client.Handle("sage/editorModel/ask", _ => end.Task);
        var parts = Channel.CreateBounded<EditorModelPartParams>(1);
        var asking = rig.Get<EditorModelPort>()
            .AskAsync(new AskEditorModelParams("r", "acme/one/large", [], []), parts.Writer, default);
        await rig.Client.CallAsync("sage/editorModel/part", """{"requestId":"r","text":"a"}""");

        var (_, second) = await rig.Client.SendRequestAsync(
            "sage/editorModel/part",
            """{"requestId":"r","text":"b"}"""
        );
        await rig.ListAsync();

        Assert.False(second.IsCompleted);
        Assert.Equal("a", (await parts.Reader.ReadAsync()).Text);
        await second;
        Assert.Equal("b", (await parts.Reader.ReadAsync()).Text);
        end.SetResult(new JsonObject());
        await asking;
    }

    private static void AssertGivesBack(string result, JsonElement messages)
    {
        Assert.Equal(
            ["user", "assistant", "user"],
            messages.EnumerateArray().Select(m => m.GetProperty("role").GetString())
        );
        var answer = messages[2].GetProperty("parts")[0];
        Assert.Equal("toolResult", answer.GetProperty("type").GetString());
        Assert.Equal(result, answer.GetProperty("text").GetString());
    }
}
