using System.Collections.Immutable;
using System.Text.Json;
using System.Threading.Channels;
using Microsoft.Extensions.AI;
using Sage.Agent.LanguageModels;
using Sage.Protocol.EditorModels;
using Sage.Protocol.Turns;
using Sage.Providers.Editor;

namespace Sage.Providers.Tests.Editor;

public sealed class EditorChatClientTests
{
    private static readonly JsonElement NoInput = JsonElement.Parse("{}");

    [Fact]
    public async Task The_system_prompt_stands_at_the_top_of_the_first_prompt_and_roles_alternate()
    {
        var request = await RequestFor(
            new ChatMessage(ChatRole.System, "Be brief."),
            new ChatMessage(ChatRole.User, "Hi"),
            new ChatMessage(ChatRole.Assistant, [new TextContent("Hel"), new TextContent("lo")]),
            new ChatMessage(ChatRole.User, "One"),
            new ChatMessage(ChatRole.User, "Two")
        );

        Assert.Equal(
            [EditorMessageRole.User, EditorMessageRole.Assistant, EditorMessageRole.User],
            request.Messages.Select(m => m.Role)
        );
        Assert.Equal<EditorMessagePart>(
            [new EditorText("<instructions>\nBe brief.\n</instructions>"), new EditorText("Hi")],
            request.Messages[0].Parts
        );
        Assert.Equal<EditorMessagePart>([new EditorText("Hello")], request.Messages[1].Parts);
        Assert.Equal<EditorMessagePart>([new EditorText("One"), new EditorText("Two")], request.Messages[2].Parts);
    }

    [Fact]
    public async Task Calls_their_results_and_images_keep_their_places()
    {
        var image = new DataContent(new byte[] { 1, 2 }, "image/png");
        var request = await RequestFor(
            new ChatMessage(ChatRole.User, [image, new TextContent("What is this?")]),
            new ChatMessage(
                ChatRole.Assistant,
                [
                    new TextReasoningContent("hm"),
                    new ToolCallReady("c1", "look", """{"at":1}"""),
                    new ToolCallReady("c2", "look", "broken"),
                ]
            ),
            new ChatMessage(
                ChatRole.Tool,
                [new ToolCallAnswer("c1", "seen", false), image, new ToolCallAnswer("c2", " ", true)]
            ),
            new ChatMessage(ChatRole.User, "And now?")
        );

        Assert.Equal(new EditorImage("image/png", "AQI="), request.Messages[0].Parts[0]);
        var calls = request.Messages[1].Parts.Cast<EditorToolCall>().ToList();
        Assert.Equal(["c1", "c2"], calls.Select(c => c.CallId));
        Assert.Equal(["""{"at":1}""", "{}"], calls.Select(c => c.Input.GetRawText()));
        var answers = request.Messages[2].Parts;
        var seen = Assert.IsType<EditorToolResult>(answers[0]);
        Assert.Equal<EditorImage>([new EditorImage("image/png", "AQI=")], seen.Images!.Value);
        Assert.Equal(new EditorToolResult("c2", "(no output)"), answers[1]);
        Assert.Equal(new EditorText("And now?"), answers[2]);
    }

    [Fact]
    public async Task Tools_are_offered_unless_none_may_be_called()
    {
        var tool = new OfferedTool("look", "Looks.", NoInput);
        var editor = new FakeEditor();
        var client = new EditorChatClient(editor, "acme/one", "One");

        await client.GetResponseAsync([new(ChatRole.User, "Hi")], new() { Tools = [tool] });
        await client.GetResponseAsync(
            [new(ChatRole.User, "Hi")],
            new() { Tools = [tool], ToolMode = ChatToolMode.None }
        );

        Assert.Equal("look", Assert.Single(editor.Requests[0].Tools).Name);
        Assert.Empty(editor.Requests[1].Tools);
    }

    [Fact]
    public async Task Text_whole_calls_and_estimated_tokens_come_in_order()
    {
        var editor = new FakeEditor
        {
            Parts =
            [
                new("r", "Let me"),
                new("r", ToolCall: new EditorReplyCall("c1", "look", JsonElement.Parse("""{"at":1}"""))),
                new("r", ToolCall: new EditorReplyCall("c1", "look", NoInput)),
            ],
            Result = new(10, 2),
        };

        var contents = (await ReadAsync(editor)).SelectMany(u => u.Contents).ToList();

        Assert.Equal("Let me", Assert.IsType<TextContent>(contents[0]).Text);
        Assert.Equal("""{"at":1}""", Assert.IsType<ToolCallReady>(contents[1]).Arguments);
        Assert.NotEqual("c1", Assert.IsType<ToolCallReady>(contents[2]).CallId);
        var usage = Assert.IsType<UsageContent>(contents[3]).Details;
        Assert.Equal((10, 2), (usage.InputTokenCount, usage.OutputTokenCount));
        Assert.True(usage.AdditionalCounts!.ContainsKey(EstimatedUsage.Mark));
    }

    [Theory]
    [InlineData(EditorModelFailureKind.NoPermissions, "no", TurnErrorCodes.Authentication, "consent")]
    [InlineData(EditorModelFailureKind.Blocked, "off topic", TurnErrorCodes.ContentFilter, "off topic")]
    [InlineData(EditorModelFailureKind.Blocked, "Quota exceeded", TurnErrorCodes.RateLimited, "later")]
    [InlineData(EditorModelFailureKind.NotFound, "gone", TurnErrorCodes.ModelNotFound, "One")]
    [InlineData(EditorModelFailureKind.Failed, "ECONNRESET", TurnErrorCodes.Network, "ECONNRESET")]
    [InlineData(EditorModelFailureKind.Failed, "prompt is too long", TurnErrorCodes.ContextOverflow, "longer than One")]
    [InlineData(EditorModelFailureKind.Failed, "", TurnErrorCodes.Network, "does not say why")]
    public async Task A_failure_keeps_what_had_come_and_says_what_to_do(
        EditorModelFailureKind kind,
        string words,
        string code,
        string said
    )
    {
        var editor = new FakeEditor { Parts = [new("r", "Half")], Result = new(Failure: new(kind, words)) };
        var text = "";

        var error = await Assert.ThrowsAsync<ModelException>(async () =>
        {
            await foreach (var update in Stream(editor, default))
            {
                text += update.Text;
            }
        });

        Assert.Equal((code, "Half"), (error.Code, text));
        Assert.Contains(said, error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_reader_that_leaves_ends_the_request()
    {
        var editor = new FakeEditor { Parts = [new("r", "a"), new("r", "b")], NeverEnds = true };

        await foreach (var _ in Stream(editor, default))
        {
            break;
        }

        Assert.True(editor.Cancelled);
    }

    [Fact]
    public async Task Cancelling_ends_the_request_at_once()
    {
        var editor = new FakeEditor { Parts = [new("r", "a")], NeverEnds = true };
        using var stop = new CancellationTokenSource();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(async () =>
        {
            await foreach (var _ in Stream(editor, stop.Token))
            {
                await stop.CancelAsync();
            }
        });

        Assert.True(editor.Cancelled);
    }

    private static IAsyncEnumerable<ChatResponseUpdate> Stream(FakeEditor editor, CancellationToken token) =>
        new EditorChatClient(editor, "acme/one", "One").GetStreamingResponseAsync(
            [new(ChatRole.User, "Hi")],
            cancellationToken: token
        );

    private static async Task<List<ChatResponseUpdate>> ReadAsync(FakeEditor editor)
    {
        var updates = new List<ChatResponseUpdate>();
        await foreach (var update in Stream(editor, default))
        {
            updates.Add(update);
        }

        return updates;
    }

    private static async Task<AskEditorModelParams> RequestFor(params ChatMessage[] history)
    {
        var editor = new FakeEditor();
        await new EditorChatClient(editor, "acme/one", "One").GetResponseAsync(history);
        return Assert.Single(editor.Requests);
    }

    /// <summary>Plays one reply to every request.</summary>
    private sealed class FakeEditor : IEditorModels
    {
        public List<AskEditorModelParams> Requests { get; } = [];
        public ImmutableArray<EditorModelPartParams> Parts { get; init; } = [];
        public AskEditorModelResult Result { get; init; } = new();
        public bool NeverEnds { get; init; }
        public bool Cancelled { get; private set; }
        public bool AreOffered => true;

        public Task<ImmutableArray<EditorModel>> ListAsync(CancellationToken cancellationToken) =>
            Task.FromResult(ImmutableArray<EditorModel>.Empty);

        public async Task<AskEditorModelResult> AskAsync(
            AskEditorModelParams request,
            ChannelWriter<EditorModelPartParams> reply,
            CancellationToken cancellationToken
        )
        {
            Requests.Add(request);
            foreach (var part in Parts)
            {
                await reply.WriteAsync(part, cancellationToken);
            }

            if (NeverEnds)
            {
                try
                {
                    await new TaskCompletionSource().Task.WaitAsync(cancellationToken);
                }
                finally
                {
                    Cancelled = cancellationToken.IsCancellationRequested;
                }
            }

            return Result;
        }
    }
}
