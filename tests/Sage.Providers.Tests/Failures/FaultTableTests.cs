using System.Net;
using System.Net.Sockets;
using Microsoft.Extensions.AI;
using Sage.Agent.LanguageModels;
using Sage.Protocol.Turns;
using Sage.Providers.Tests.Streaming;
using Sage.TestKit;
using Sage.TestKit.ScriptedModel;

namespace Sage.Providers.Tests.Failures;

/// <summary>Each fault, in each format: a defined outcome, a message that says what to do, and a next request that works.</summary>
public sealed class FaultTableTests
{
    private static readonly string[] Lines = File.ReadAllLines(Repository.PathOf("docs/models.md"));
    private readonly SkippableTime _time = new();

    public static TheoryData<WireFormat, string> Faults
    {
        get
        {
            var data = new TheoryData<WireFormat, string>();
            foreach (var fault in Fault.All)
            {
                foreach (var format in ModelUnderTest.Formats)
                {
                    data.Add(format, fault.Name);
                }
            }
            return data;
        }
    }

    public static TheoryData<WireFormat> Formats => [.. ModelUnderTest.Formats];

    [Theory, MemberData(nameof(Faults))]
    public async Task A_fault_has_its_outcome_and_the_next_request_works(WireFormat format, string name)
    {
        var fault = Fault.All.Single(f => f.Name == name);
        await using var model = await ModelUnderTest.StartAsync(format, _time);
        model.Server.Reply(fault.Play).Reply(r => r.Text("at last"));
        var seen = new List<ChatResponseUpdate>();

        if (fault.Code is null)
        {
            var notices = await ReadAsync(model, seen);

            Assert.Equal("at last", seen.Text());
            Assert.Contains(fault.Says, Assert.Single(notices).Reason, StringComparison.OrdinalIgnoreCase);
        }
        else
        {
            var error = await Assert.ThrowsAsync<ModelException>(() => ReadAsync(model, seen));

            Assert.Equal(fault.Code, error.Code);
            Assert.Contains(fault.Says, error.Message, StringComparison.Ordinal);
            Assert.Equal(fault.KeepsText, seen.Text());
            Assert.Single(model.Server.ModelRequests);
            Assert.Equal("at last", (await model.AskAsync()).Text());
        }
        Assert.Empty(model.Server.Violations);
    }

    [Theory, MemberData(nameof(Formats))]
    public async Task A_server_that_comes_up_later_is_found_by_the_next_request(WireFormat format)
    {
        var port = UnusedPort();
        var path = format == WireFormat.Anthropic ? "" : "/v1";
        await using var model = await ModelUnderTest.StartAsync(
            format,
            _time,
            baseUrl: $"http://127.0.0.1:{port}{path}"
        );

        var error = await Assert.ThrowsAsync<ModelException>(() => ReadAsync(model, []));
        await using var late = await ScriptedModelServer.StartAsync(port);
        late.Reply(r => r.Text("here now"));

        Assert.Contains("nothing listens there", error.Message, StringComparison.Ordinal);
        Assert.Equal("here now", (await model.AskAsync()).Text());
    }

    [Theory, MemberData(nameof(Formats))]
    public async Task A_name_that_does_not_exist_is_told(WireFormat format)
    {
        // Reserved for this: no server in the world answers for it.
        await using var model = await ModelUnderTest.StartAsync(
            format,
            _time,
            baseUrl: "http://no-such-host.invalid/v1"
        );

        var error = await Assert.ThrowsAsync<ModelException>(() => ReadAsync(model, []));

        Assert.Equal(TurnErrorCodes.Network, error.Code);
        Assert.Contains("there is no host of that name", error.Message, StringComparison.Ordinal);
        Assert.Contains("no-such-host.invalid", error.Message, StringComparison.Ordinal);
    }

    [Theory, MemberData(nameof(Formats))]
    public async Task A_kept_connection_that_the_server_gave_up_is_replaced(WireFormat format)
    {
        // Sage speaks HTTP/1.1, where this is what a GOAWAY is in HTTP/2.
        await using var model = await ModelUnderTest.StartAsync(format, _time);
        model.Server.Reply(r => r.Text("one")).Reply(r => r.Abort()).Reply(r => r.Text("two"));

        Assert.Equal("one", (await model.AskAsync()).Text());
        var seen = new List<ChatResponseUpdate>();
        await ReadAsync(model, seen);

        Assert.Equal("two", seen.Text());
        Assert.All(model.Server.ModelRequests, r => Assert.Equal("HTTP/1.1", r.Protocol));
    }

    [Theory, MemberData(nameof(Formats))]
    public async Task After_a_silence_the_next_request_works(WireFormat format)
    {
        await using var model = await ModelUnderTest.StartAsync(format, _time);
        var reached = model.Server.Gate("said");
        reached.Release();
        model.Server.Reply(r => r.Text("one").Ping().Gate(reached).Silence()).Reply(r => r.Text("two"));
        await using var updates = model
            .Client.GetStreamingResponseAsync([new ChatMessage(ChatRole.User, "hi")])
            .GetAsyncEnumerator();
        Assert.True(await updates.MoveNextAsync());
        var next = updates.MoveNextAsync().AsTask();
        await reached.Reached;

        _time.Advance(TimeSpan.FromSeconds(121));

        Assert.Equal(TurnErrorCodes.Timeout, (await Assert.ThrowsAsync<ModelException>(() => next)).Code);
        Assert.Equal("two", (await model.AskAsync()).Text());
    }

    [Theory, MemberData(nameof(Formats))]
    public async Task Calls_with_the_same_id_or_with_none_are_told_apart(WireFormat format)
    {
        await using var model = await ModelUnderTest.StartAsync(format);
        model.Server.Reply(r =>
            r.ToolCall("a", new { n = 1 }, id: "same")
                .ToolCall("b", new { n = 2 }, id: "same")
                .ToolCall("c", new { n = 3 }, id: "")
        );

        var calls = (await model.AskAsync()).Calls();

        Assert.Equal(["a", "b", "c"], calls.Select(c => c.Name));
        Assert.Equal(3, calls.Select(c => c.CallId).Distinct().Count());
        Assert.DoesNotContain("", calls.Select(c => c.CallId));
    }

    [Theory, MemberData(nameof(Formats))]
    public async Task A_reply_that_says_nothing_ends_like_any_other(WireFormat format)
    {
        await using var model = await ModelUnderTest.StartAsync(format, _time);
        model.Server.Reply(_ => { }).Reply(r => r.Text("two"));
        var seen = new List<ChatResponseUpdate>();

        await ReadAsync(model, seen);

        Assert.Equal(ChatFinishReason.Stop, seen.Finish());
        Assert.Equal("", seen.Text());
        Assert.Equal("two", (await model.AskAsync()).Text());
    }

    [Fact]
    public void The_table_in_the_documentation_has_every_fault()
    {
        var rows = Lines.Where(line => line.StartsWith("| ", StringComparison.Ordinal)).ToArray();

        Assert.All(
            Fault.All,
            fault => Assert.Contains(rows, row => row.StartsWith($"| {fault.Name} |", StringComparison.Ordinal))
        );
    }

    [Fact]
    public void The_tests_that_the_table_names_exist()
    {
        var tests = Directory
            .EnumerateFiles(Repository.PathOf("tests"), "*Tests.cs", SearchOption.AllDirectories)
            .Where(file => !file.Contains("node_modules", StringComparison.Ordinal))
            .ToLookup(file => Path.GetFileNameWithoutExtension(file), File.ReadAllText);
        var named = Lines.SelectMany(line =>
            System
                .Text.RegularExpressions.Regex.Matches(line, @"`(\w+Tests)\.(\w+)`")
                .Select(m => (Class: m.Groups[1].Value, Method: m.Groups[2].Value))
        );

        Assert.NotEmpty(named);
        Assert.All(
            named,
            test =>
                Assert.Contains(tests[test.Class], text => text.Contains($" {test.Method}(", StringComparison.Ordinal))
        );
    }

    /// <summary>Reads the reply to its end and lets time jump over each announced wait.</summary>
    private async Task<List<RetryNotice>> ReadAsync(ModelUnderTest model, List<ChatResponseUpdate> seen)
    {
        var notices = new List<RetryNotice>();
        await foreach (var update in model.Client.GetStreamingResponseAsync([new ChatMessage(ChatRole.User, "hi")]))
        {
            if (update.Contents is [RetryNotice notice])
            {
                notices.Add(notice);
                _ = _time.SkipAsync(notice.Delay);
            }
            else
            {
                seen.Add(update);
            }
        }
        return notices;
    }

    private static int UnusedPort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }
}
