using System.Diagnostics;
using System.Text.Json;
using Microsoft.Extensions.AI;
using Sage.Agent.LanguageModels;
using Sage.TestKit.ScriptedModel;

namespace Sage.Providers.Tests.Streaming;

/// <summary>What must hold whichever wire format a model speaks.</summary>
public sealed class EveryFormatTests
{
    public static TheoryData<WireFormat> Formats => [.. ModelUnderTest.Formats];

    [Theory, MemberData(nameof(Formats))]
    public async Task Text_arrives_in_the_pieces_it_was_sent_in(WireFormat format)
    {
        await using var model = await ModelUnderTest.StartAsync(format);
        model.Server.Reply(r => r.TextPieces("Grüß ", "Gott", " 👋").Usage(120, 30, cached: 100));

        var updates = await model.AskAsync();

        Assert.Equal(["Grüß ", "Gott", " 👋"], updates.Contents().OfType<TextContent>().Select(t => t.Text));
        Assert.Equal(ChatFinishReason.Stop, updates.Finish());
        Assert.Equal((120, 30, 100), Numbers(updates.Usage()));
        Assert.Empty(model.Server.Violations);
    }

    [Theory, MemberData(nameof(Formats))]
    public async Task A_call_is_ready_before_the_next_one_is_whole(WireFormat format)
    {
        await using var model = await ModelUnderTest.StartAsync(format);
        model.Server.Reply(r =>
            r.ToolCall("read_file", new { path = "a" }, id: "one", pieces: 3)
                .ToolCall("grep", new { pattern = "x" }, id: "two", pieces: 2)
        );

        var updates = await model.AskAsync();

        var order = updates
            .Contents()
            .Select(c =>
                c is ToolCallReady r ? $"ready {r.CallId}"
                : c is ToolCallDelta d ? $"delta {d.CallId}"
                : ""
            )
            .Where(s => s.Length > 0)
            .Aggregate(new List<string>(), (list, s) => list is [.., var last] && last == s ? list : [.. list, s]);
        Assert.Equal("ready one", order[1]);
        Assert.Contains("delta two", order[1..]);
        Assert.Equal("ready two", order[^1]);
        Assert.Equal("""{"path":"a"}""", updates.Calls()[0].Arguments);
        Assert.Equal("""{"pattern":"x"}""", updates.Calls()[1].Arguments);
        Assert.Equal(ChatFinishReason.ToolCalls, updates.Finish());
    }

    [Theory, MemberData(nameof(Formats))]
    public async Task A_call_is_ready_while_the_reply_still_streams(WireFormat format)
    {
        await using var model = await ModelUnderTest.StartAsync(format);
        var gate = model.Server.Gate();
        model.Server.Reply(r =>
            r.ToolCall("first", new { n = 1 }).RawToolCall("second", "{\"n\":").Gate(gate).Stop(ScriptedStop.MaxTokens)
        );
        await using var updates = model
            .Client.GetStreamingResponseAsync([new ChatMessage(ChatRole.User, "hi")])
            .GetAsyncEnumerator();

        ToolCallReady? ready = null;
        while (ready is null && await updates.MoveNextAsync())
        {
            ready = updates.Current.Contents.OfType<ToolCallReady>().FirstOrDefault();
        }

        Assert.Equal("first", ready!.Name);
        gate.Release();
        var rest = new List<ChatResponseUpdate>();
        while (await updates.MoveNextAsync())
        {
            rest.Add(updates.Current);
        }
        Assert.Equal("{\"n\":", Assert.Single(rest.Calls()).Arguments);
        Assert.Equal(ChatFinishReason.Length, rest.Finish());
    }

    [Theory, MemberData(nameof(Formats))]
    public async Task Argument_deltas_add_up_to_the_arguments(WireFormat format)
    {
        await using var model = await ModelUnderTest.StartAsync(format);
        model.Server.Reply(r =>
            r.ToolCall("write_file", new { path = "ä", content = new string('x', 500) }, pieces: 40)
        );

        var updates = await model.AskAsync();

        var deltas = string.Concat(updates.Contents().OfType<ToolCallDelta>().Select(d => d.Delta));
        Assert.Equal(updates.Calls().Single().Arguments, deltas);
        Assert.Equal("ä", JsonDocument.Parse(deltas).RootElement.GetProperty("path").GetString());
    }

    [Theory, MemberData(nameof(Formats))]
    public async Task Bytes_may_be_cut_anywhere(WireFormat format)
    {
        await using var model = await ModelUnderTest.StartAsync(format);
        model.Server.Reply(r => r.Text("äöü€👋").ToolCall("grep", new { pattern = "ß" }).SplitBytes(1));

        var updates = await model.AskAsync();

        Assert.Equal("äöü€👋", updates.Text());
        Assert.Equal("""{"pattern":"ß"}""", updates.Calls().Single().Arguments);
    }

    [Theory, MemberData(nameof(Formats))]
    public async Task Twenty_thousand_deltas_arrive_whole_and_in_order(WireFormat format)
    {
        await using var model = await ModelUnderTest.StartAsync(format);
        model.Server.Reply(r => r.Deltas(20_000));
        var expected = string.Concat(Enumerable.Range(0, 20_000).Select(i => $"w{i} "));

        var updates = await model.AskAsync();

        Assert.Equal(expected, updates.Text());
    }

    [Theory, MemberData(nameof(Formats))]
    public async Task Invalid_and_empty_arguments_come_through_as_they_are(WireFormat format)
    {
        await using var model = await ModelUnderTest.StartAsync(format);
        model.Server.Reply(r => r.RawToolCall("a", "").RawToolCall("b", "{not json}"));

        var calls = (await model.AskAsync()).Calls();

        Assert.Equal(["", "{not json}"], calls.Select(c => c.Arguments));
    }

    [Theory, MemberData(nameof(Formats))]
    public async Task Call_ids_are_unique_even_when_the_provider_repeats_them(WireFormat format)
    {
        await using var model = await ModelUnderTest.StartAsync(format);
        model.Server.Reply(r => r.ToolCall("a", id: "same").ToolCall("b", new { n = 1 }, id: "same2"));
        var history = new List<ChatMessage>
        {
            new(ChatRole.User, "hi"),
            new(ChatRole.Assistant, [new ToolCallReady("same", "a", "{}")]),
            new(ChatRole.Tool, [new ToolCallAnswer("same", "done", isError: false)]),
        };

        var calls = (await model.AskAsync(history)).Calls();

        Assert.NotEqual("same", calls[0].CallId);
        Assert.Equal("same2", calls[1].CallId);
    }

    [Theory, MemberData(nameof(Formats))]
    public async Task A_whole_history_is_accepted_by_the_vendors_rules(WireFormat format)
    {
        await using var model = await ModelUnderTest.StartAsync(format);
        model.Server.Reply(r => r.Text("fine"));

        await model.AskAsync(History(), Options());

        Assert.Empty(model.Server.Violations);
        var request = model.Server.ModelRequests.Single();
        Assert.Equal(["read_file"], request.ToolNames);
        Assert.Equal("You are Sage.", request.System);
        Assert.Equal("and now this", request.LastUserText.Split('\n')[^1]);
    }

    [Theory, MemberData(nameof(Formats))]
    public async Task The_same_history_gives_the_same_bytes(WireFormat format)
    {
        await using var model = await ModelUnderTest.StartAsync(format);
        model.Server.Always(null, r => r.Text("fine"));

        await model.AskAsync(History(), Options());
        await model.AskAsync(History(), Options());

        var bodies = model.Server.ModelRequests.Select(r => r.Body.GetRawText()).ToArray();
        Assert.Equal(bodies[0], bodies[1]);
    }

    [Theory]
    [InlineData(WireFormat.OpenAIChat, ScriptedStop.MaxTokens, "length")]
    [InlineData(WireFormat.OpenAIChat, ScriptedStop.ContentFilter, "content_filter")]
    [InlineData(WireFormat.OpenAIResponses, ScriptedStop.MaxTokens, "length")]
    [InlineData(WireFormat.OpenAIResponses, ScriptedStop.ContentFilter, "content_filter")]
    [InlineData(WireFormat.OpenAIResponses, ScriptedStop.Refusal, "refusal")]
    [InlineData(WireFormat.Anthropic, ScriptedStop.MaxTokens, "length")]
    [InlineData(WireFormat.Anthropic, ScriptedStop.Refusal, "refusal")]
    public async Task Stop_reasons_are_told_apart(WireFormat format, ScriptedStop stop, string expected)
    {
        await using var model = await ModelUnderTest.StartAsync(format);
        model.Server.Reply(r => r.Text("so far").Stop(stop));

        Assert.Equal(expected, (await model.AskAsync()).Finish()!.Value.Value);
    }

    [Theory, MemberData(nameof(Formats))]
    public async Task An_unknown_stop_reason_passes_through(WireFormat format)
    {
        await using var model = await ModelUnderTest.StartAsync(format);
        model.Server.Reply(r => r.Text("so far").Stop("pause_turn"));

        Assert.Equal("pause_turn", (await model.AskAsync()).Finish()!.Value.Value);
    }

    [Theory, MemberData(nameof(Formats))]
    public async Task Cancelling_in_mid_stream_hangs_up_at_once(WireFormat format)
    {
        await using var model = await ModelUnderTest.StartAsync(format);
        model.Server.Reply(r => r.Text("one").Silence());
        using var cancel = new CancellationTokenSource();
        await using var updates = model
            .Client.GetStreamingResponseAsync([new ChatMessage(ChatRole.User, "hi")], null, cancel.Token)
            .GetAsyncEnumerator();
        Assert.True(await updates.MoveNextAsync());
        var next = updates.MoveNextAsync().AsTask();

        var clock = Stopwatch.StartNew();
        await cancel.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => next);
        Assert.InRange(clock.ElapsedMilliseconds, 0, 1000);
        await updates.DisposeAsync();
        var request = await model.Server.NextRequestAsync();
        await request.Abandoned.WaitAsync(TimeSpan.FromSeconds(10));
    }

    [Theory, MemberData(nameof(Formats))]
    public async Task Cancelling_before_the_headers_hangs_up_at_once(WireFormat format)
    {
        await using var model = await ModelUnderTest.StartAsync(format);
        model.Server.Reply(r => r.SilenceBeforeHeaders());
        using var cancel = new CancellationTokenSource();

        var asking = model.AskAsync(cancellationToken: cancel.Token);
        var request = await model.Server.NextRequestAsync();
        await cancel.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => asking);
        await request.Abandoned.WaitAsync(TimeSpan.FromSeconds(10));
    }

    [Theory, MemberData(nameof(Formats))]
    public async Task Walking_away_from_a_reply_hangs_up(WireFormat format)
    {
        await using var model = await ModelUnderTest.StartAsync(format);
        model.Server.Reply(r => r.Text("one").Silence());

        await foreach (var _ in model.Client.GetStreamingResponseAsync([new ChatMessage(ChatRole.User, "hi")]))
        {
            break;
        }

        var request = await model.Server.NextRequestAsync();
        await request.Abandoned.WaitAsync(TimeSpan.FromSeconds(10));
    }

    internal static List<ChatMessage> History() =>
        [
            new(ChatRole.System, "You are Sage."),
            new(ChatRole.User, [new TextContent("look"), new DataContent(new byte[] { 1, 2, 3 }, "image/png")]),
            new(
                ChatRole.Assistant,
                [
                    new TextReasoningContent("hm") { ProtectedData = "another-model sig" },
                    new TextContent("Reading."),
                    new ToolCallReady("functions.read_file:0", "read_file", """{"path":"a.png"}"""),
                    new ToolCallReady("b", "read_file", "{\"path\": \"trunc"),
                ]
            ),
            new(
                ChatRole.Tool,
                [
                    new ToolCallAnswer("functions.read_file:0", "an image", isError: false),
                    new DataContent(new byte[] { 4, 5 }, "image/png"),
                ]
            ),
            new(ChatRole.Tool, [new ToolCallAnswer("b", "", isError: true)]),
            new(ChatRole.Assistant, [new TextContent("")]),
            new(ChatRole.User, "and now this"),
        ];

    private static ChatOptions Options() =>
        new()
        {
            Tools =
            [
                new OfferedTool(
                    "read_file",
                    "Reads a file.",
                    JsonDocument.Parse("""{"type":"object","properties":{"path":{"type":"string"}}}""").RootElement
                ),
            ],
        };

    private static (long, long, long) Numbers(UsageDetails usage) =>
        (usage.InputTokenCount!.Value, usage.OutputTokenCount!.Value, usage.CachedInputTokenCount!.Value);
}
