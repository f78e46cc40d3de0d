using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using Microsoft.Extensions.AI;
using Sage.Agent.LanguageModels;
using Sage.Protocol.Turns;
using Sage.TestKit.ScriptedModel;

namespace Sage.Providers.Tests.Streaming;

public sealed class ResilienceTests
{
    private readonly SkippableTime _time = new();

    public static TheoryData<WireFormat, int> RetriedStatuses
    {
        get
        {
            var data = new TheoryData<WireFormat, int>();
            foreach (var status in new[] { 408, 409, 425, 429, 500, 502, 503, 504, 529 })
            {
                foreach (var format in ModelUnderTest.Formats)
                {
                    data.Add(format, status);
                }
            }
            return data;
        }
    }

    [Theory, MemberData(nameof(RetriedStatuses))]
    public async Task Passing_faults_are_tried_again(WireFormat format, int status)
    {
        await using var model = await ModelUnderTest.StartAsync(format, _time);
        model.Server.Reply(r => r.Http(status)).Reply(r => r.Text("at last"));

        var (updates, notices) = await AskAsync(model);

        Assert.Equal("at last", updates.Text());
        var notice = Assert.Single(notices);
        Assert.Equal(1, notice.Attempt);
        Assert.Contains($"{status}", notice.Reason);
    }

    [Theory]
    [InlineData(400, TurnErrorCodes.BadRequest)]
    [InlineData(401, TurnErrorCodes.Authentication)]
    [InlineData(403, TurnErrorCodes.Authentication)]
    [InlineData(404, TurnErrorCodes.ModelNotFound)]
    [InlineData(402, TurnErrorCodes.RateLimited)]
    [InlineData(302, TurnErrorCodes.InvalidResponse)]
    public async Task Lasting_faults_are_not_tried_again(int status, string code)
    {
        foreach (var format in ModelUnderTest.Formats)
        {
            await using var model = await ModelUnderTest.StartAsync(format, _time);
            model.Server.Reply(r => r.Http(status, "the vendor's reason")).Reply(r => r.Text("never"));

            var error = await model.FailAsync();

            Assert.Equal(code, error.Code);
            Assert.False(error.Retryable);
            Assert.Single(model.Server.ModelRequests);
        }
    }

    [Theory]
    [InlineData("retry-after", "7", 7000)]
    [InlineData("retry-after", "Sun, 22 Nov 2026 12:00:30 GMT", 30000)]
    [InlineData("retry-after-ms", "1250", 1250)]
    public async Task The_wait_the_provider_asks_for_is_kept(string header, string value, int expectedMs)
    {
        foreach (var format in ModelUnderTest.Formats)
        {
            await using var model = await ModelUnderTest.StartAsync(format, _time);
            // The clock only goes forward: each format asks on a day of its own.
            var day = DateTimeOffset.Parse("2026-11-22T12:00:00Z").AddDays((int)format);
            _time.SetUtcNow(day);
            var wait = value.EndsWith("GMT", StringComparison.Ordinal) ? day.AddSeconds(30).ToString("R") : value;
            model.Server.Reply(r => r.Http(429, headers: (header, wait))).Reply(r => r.Text("ok"));

            var (_, notices) = await AskAsync(model);

            Assert.Equal(TimeSpan.FromMilliseconds(expectedMs), Assert.Single(notices).Delay);
        }
    }

    [Fact]
    public async Task A_wait_beyond_the_budget_fails_at_once_and_says_how_long()
    {
        await using var model = await ModelUnderTest.StartAsync(WireFormat.Anthropic, _time);
        model.Server.Reply(r => r.Http(429, "slow down", headers: ("retry-after", "600")));

        var error = await model.FailAsync();

        Assert.Equal(TurnErrorCodes.RateLimited, error.Code);
        Assert.True(error.Retryable);
        Assert.Contains("600 s", error.Message);
        Assert.Contains("slow down", error.Message);
    }

    [Fact]
    public async Task Retries_are_spent_after_five_and_back_off_further_each_time()
    {
        await using var model = await ModelUnderTest.StartAsync(WireFormat.OpenAIChat, _time);
        model.Server.Always(null, r => r.Http(503, "try later"));
        var notices = new List<RetryNotice>();

        var error = await Assert.ThrowsAsync<ModelException>(() => AskAsync(model, notices));

        Assert.Equal(TurnErrorCodes.Overloaded, error.Code);
        Assert.True(error.Retryable);
        Assert.Equal([1, 2, 3, 4, 5], notices.Select(n => n.Attempt));
        Assert.Equal(6, model.Server.ModelRequests.Count);
        Assert.Equal(notices.Select(n => n.Delay).Order(), notices.Select(n => n.Delay));
        Assert.True(notices[^1].Delay > 4 * notices[0].Delay);
    }

    [Theory]
    [InlineData(0.01)]
    [InlineData(0.99)]
    public async Task Chance_spreads_the_waits_and_keeps_them_within_half_a_minute(double chance)
    {
        await using var model = await ModelUnderTest.StartAsync(WireFormat.OpenAIChat, _time, random: () => chance);
        model.Server.Always(null, r => r.Http(503, "try later"));
        var notices = new List<RetryNotice>();

        await Assert.ThrowsAsync<ModelException>(() => AskAsync(model, notices));

        Assert.NotEqual(TimeSpan.FromMilliseconds(500), notices[0].Delay);
        Assert.InRange(notices.Sum(n => n.Delay.TotalSeconds), 5, 30);
    }

    [Fact]
    public async Task The_notice_comes_before_the_wait()
    {
        await using var model = await ModelUnderTest.StartAsync(WireFormat.OpenAIChat, _time);
        model.Server.Reply(r => r.Http(529, headers: ("retry-after", "60")));
        using var cancel = new CancellationTokenSource();
        await using var updates = model
            .Client.GetStreamingResponseAsync([new ChatMessage(ChatRole.User, "hi")], null, cancel.Token)
            .GetAsyncEnumerator();

        Assert.True(await updates.MoveNextAsync());
        Assert.IsType<RetryNotice>(Assert.Single(updates.Current.Contents));

        // Stop during the back-off is prompt, too.
        var next = updates.MoveNextAsync().AsTask();
        var clock = Stopwatch.StartNew();
        await cancel.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => next);
        Assert.InRange(clock.ElapsedMilliseconds, 0, 1000);
    }

    [Theory]
    [InlineData(WireFormat.OpenAIChat)]
    [InlineData(WireFormat.OpenAIResponses)]
    [InlineData(WireFormat.Anthropic)]
    public async Task A_connection_that_breaks_before_the_first_token_is_tried_again(WireFormat format)
    {
        await using var model = await ModelUnderTest.StartAsync(format, _time);
        model
            .Server.Reply(r => r.AbortBeforeHeaders())
            .Reply(r => r.Abort())
            .Reply(r => r.StreamError("overloaded_error", "Overloaded"))
            .Reply(r => r.Text("at last"));

        var (updates, notices) = await AskAsync(model);

        Assert.Equal("at last", updates.Text());
        Assert.Equal(3, notices.Count);
    }

    [Theory]
    [InlineData(WireFormat.OpenAIChat)]
    [InlineData(WireFormat.OpenAIResponses)]
    [InlineData(WireFormat.Anthropic)]
    public async Task A_stream_that_breaks_after_the_first_token_is_not_sent_again(WireFormat format)
    {
        await using var model = await ModelUnderTest.StartAsync(format, _time);
        model.Server.Reply(r => r.Text("some of it").Abort()).Reply(r => r.Text("never"));
        var seen = new List<ChatResponseUpdate>();

        var error = await Assert.ThrowsAsync<ModelException>(async () =>
        {
            await foreach (var update in model.Client.GetStreamingResponseAsync([new ChatMessage(ChatRole.User, "hi")]))
            {
                seen.Add(update);
            }
        });

        Assert.Equal("some of it", seen.Text());
        Assert.Equal(TurnErrorCodes.Network, error.Code);
        Assert.True(error.Retryable);
        Assert.Single(model.Server.ModelRequests);
    }

    [Theory]
    [InlineData(WireFormat.OpenAIChat)]
    [InlineData(WireFormat.OpenAIResponses)]
    [InlineData(WireFormat.Anthropic)]
    public async Task A_body_that_just_ends_is_a_broken_reply(WireFormat format)
    {
        await using var model = await ModelUnderTest.StartAsync(format, _time);
        model.Server.Reply(r => r.Text("some").RawToolCall("write_file", "{\"path\":").Cut());

        var error = await model.FailAsync();

        Assert.Equal(TurnErrorCodes.Network, error.Code);
        Assert.True(error.Retryable);
    }

    [Theory]
    [InlineData(WireFormat.OpenAIChat)]
    [InlineData(WireFormat.OpenAIResponses)]
    [InlineData(WireFormat.Anthropic)]
    public async Task Silence_before_the_first_byte_times_out_after_a_minute(WireFormat format)
    {
        await using var model = await ModelUnderTest.StartAsync(format, _time);
        model.Server.Reply(r => r.SilenceBeforeHeaders()).Reply(r => r.Text("at last"));

        var asking = AskAsync(model);
        await model.Server.NextRequestAsync();
        _time.Advance(TimeSpan.FromSeconds(59));
        Assert.Single(model.Server.ModelRequests);
        _time.Advance(TimeSpan.FromSeconds(2));

        var (updates, notices) = await asking;
        Assert.Equal("at last", updates.Text());
        Assert.Contains("sent nothing for too long", Assert.Single(notices).Reason);
    }

    [Theory]
    [InlineData(WireFormat.OpenAIChat)]
    [InlineData(WireFormat.OpenAIResponses)]
    [InlineData(WireFormat.Anthropic)]
    public async Task Pings_do_not_keep_a_silent_stream_alive(WireFormat format)
    {
        await using var model = await ModelUnderTest.StartAsync(format, _time);
        var gate = model.Server.Gate();
        model.Server.Reply(r => r.Text("one").Gate(gate).Ping().Ping().Gate(model.Server.Gate("pinged")).Silence());
        await using var updates = model
            .Client.GetStreamingResponseAsync([new ChatMessage(ChatRole.User, "hi")])
            .GetAsyncEnumerator();
        Assert.True(await updates.MoveNextAsync());
        var next = updates.MoveNextAsync().AsTask();

        _time.Advance(TimeSpan.FromSeconds(100));
        gate.Release();
        await model.Server.Gate("pinged").Reached;
        _time.Advance(TimeSpan.FromSeconds(25));

        var error = await Assert.ThrowsAsync<ModelException>(() => next);
        Assert.Equal(TurnErrorCodes.Timeout, error.Code);
        Assert.True(error.Retryable);
    }

    [Fact]
    public async Task Data_keeps_a_slow_stream_alive()
    {
        await using var model = await ModelUnderTest.StartAsync(WireFormat.OpenAIChat, _time);
        var gates = Enumerable.Range(0, 4).Select(i => model.Server.Gate($"g{i}")).ToArray();
        model.Server.Reply(r =>
        {
            r.Text("start ");
            foreach (var gate in gates)
            {
                r.Gate(gate).Text("more ");
            }
        });
        await using var updates = model
            .Client.GetStreamingResponseAsync([new ChatMessage(ChatRole.User, "hi")])
            .GetAsyncEnumerator();
        Assert.True(await updates.MoveNextAsync());

        foreach (var gate in gates)
        {
            var next = updates.MoveNextAsync().AsTask();
            _time.Advance(TimeSpan.FromSeconds(110));
            gate.Release();
            Assert.True(await next);
        }

        Assert.True(await updates.MoveNextAsync());
        Assert.Equal(ChatFinishReason.Stop, updates.Current.FinishReason);
    }

    [Theory]
    [InlineData(WireFormat.OpenAIChat)]
    [InlineData(WireFormat.OpenAIResponses)]
    [InlineData(WireFormat.Anthropic)]
    public async Task A_dead_endpoint_is_named_and_given_up_soon(WireFormat format)
    {
        var port = UnusedPort();
        await using var model = await ModelUnderTest.StartAsync(format, _time, baseUrl: $"http://127.0.0.1:{port}/v1");
        var notices = new List<RetryNotice>();

        var error = await Assert.ThrowsAsync<ModelException>(() => AskAsync(model, notices));

        Assert.Equal(TurnErrorCodes.Network, error.Code);
        Assert.Contains($"127.0.0.1:{port}", error.Message);
        Assert.Equal(2, notices.Count);
    }

    /// <summary>Asks, and lets time jump over each announced wait.</summary>
    private async Task<(List<ChatResponseUpdate> Updates, List<RetryNotice> Notices)> AskAsync(
        ModelUnderTest model,
        List<RetryNotice>? notices = null
    )
    {
        notices ??= [];
        var updates = new List<ChatResponseUpdate>();
        await foreach (var update in model.Client.GetStreamingResponseAsync([new ChatMessage(ChatRole.User, "hi")]))
        {
            if (update.Contents is [RetryNotice notice])
            {
                notices.Add(notice);
                _ = _time.SkipAsync(notice.Delay);
            }
            else
            {
                updates.Add(update);
            }
        }
        return (updates, notices);
    }

    private static int UnusedPort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }
}
