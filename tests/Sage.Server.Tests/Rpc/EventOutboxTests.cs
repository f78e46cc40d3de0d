using System.Text;
using CsCheck;
using Sage.Protocol.Events;
using Sage.Server.Rpc.Events;

namespace Sage.Server.Tests.Rpc;

public sealed class EventOutboxTests
{
    [Fact]
    public async Task While_the_client_is_slow_pieces_of_one_stream_are_joined()
    {
        var sent = new List<EventEnvelope>();
        var slow = new TaskCompletionSource();
        var outbox = new EventOutbox(
            async envelope =>
            {
                sent.Add(envelope);
                await slow.Task;
            },
            () => ValueTask.CompletedTask
        );

        await Publish(outbox, new Notice("first"));
        for (var i = 0; i < 100; i++)
        {
            await Publish(outbox, new TextDelta("r1", i, "x"));
        }

        slow.SetResult();
        await outbox.FlushAsync(CancellationToken.None);

        // The writer may have begun with the first of them before the rest were there.
        Assert.InRange(sent.Count, 2, 3);
        Assert.Equal(
            new string('x', 100),
            string.Concat(sent.Select(e => e.Event).OfType<TextDelta>().Select(d => d.Text))
        );
    }

    [Fact]
    public async Task When_the_client_does_not_read_whoever_produces_events_waits()
    {
        var stuck = new TaskCompletionSource();
        var outbox = new EventOutbox(_ => new ValueTask(stuck.Task), () => ValueTask.CompletedTask);
        var published = 0;
        var producing = Task.Run(async () =>
        {
            for (; published < 2000; published++)
            {
                await Publish(outbox, new Notice("n"));
            }
        });

        // Full is 512 queued, and one that is being sent.
        await Until(() => published >= 512);
        Assert.False(producing.IsCompleted);
        Assert.InRange(published, 512, 514);
        stuck.SetResult();
        await producing;
    }

    [Fact]
    public async Task A_writer_that_fails_makes_publishers_fail_instead_of_waiting_for_ever()
    {
        var outbox = new EventOutbox(_ => throw new InvalidOperationException("broken"), () => ValueTask.CompletedTask);
        await Publish(outbox, new Notice("n"));

        var error = await Assert.ThrowsAnyAsync<Exception>(() => outbox.FlushAsync(CancellationToken.None));

        Assert.True(error is InvalidOperationException, error.ToString());
        await Assert.ThrowsAnyAsync<InvalidOperationException>(async () => await Publish(outbox, new Notice("n")));
    }

    [Fact]
    public void Whatever_is_joined_nothing_is_lost_or_reordered()
    {
        var events = Gen.OneOf<SessionEvent>(
            Gen.Select(Gen.Int[1, 2], Gen.String[Gen.Char.AlphaNumeric, 0, 5], (r, t) => new TextDelta($"r{r}", 0, t)),
            Gen.Select(
                Gen.Int[1, 2],
                Gen.String[Gen.Char.AlphaNumeric, 0, 5],
                (r, t) => new ReasoningDelta($"r{r}", 0, t)
            ),
            Gen.Select(Gen.Int[1, 2], Gen.String[Gen.Char.AlphaNumeric, 0, 5], (r, t) => new ToolOutput($"c{r}", 0, t)),
            Gen.Select(
                Gen.Int[1, 2],
                Gen.String[Gen.Char.AlphaNumeric, 0, 5],
                (r, t) => new BackgroundOutput($"b{r}", 0, t)
            ),
            Gen.Select(
                Gen.Int[1, 2],
                Gen.String[Gen.Char.AlphaNumeric, 0, 5],
                (r, t) => new ToolCallDelta($"c{r}", "x", t)
            ),
            Gen.String[Gen.Char.AlphaNumeric, 0, 5].Select(t => new Notice(t))
        );

        events.List[0, 60].Sample(list => Assert.Equal(Flatten(list), Flatten(Join(list))), iter: 500);
    }

    private static List<SessionEvent> Join(List<SessionEvent> events)
    {
        var joined = new List<SessionEvent>();
        for (var i = 0; i < events.Count; )
        {
            var run = new DeltaRun(new EventEnvelope("s", events[i++]));
            while (i < events.Count && run.TryAppend(new EventEnvelope("s", events[i])))
            {
                i++;
            }

            joined.Add(run.ToEnvelope().Event);
        }

        return joined;
    }

    // One letter after the other, each with the stream it belongs to.
    private static string Flatten(List<SessionEvent> events)
    {
        var all = new StringBuilder();
        foreach (var e in events)
        {
            var (stream, text) = e switch
            {
                TextDelta d => ($"t{d.ReplyId}", d.Text),
                ReasoningDelta d => ($"g{d.ReplyId}", d.Text),
                ToolOutput d => ($"o{d.CallId}", d.Text),
                BackgroundOutput d => ($"b{d.TaskId}", d.Text),
                ToolCallDelta d => ($"d{d.CallId}", d.Delta),
                Notice n => ("notice", $"<{n.Text}>"),
                _ => ("?", ""),
            };
            foreach (var c in text)
            {
                all.Append(stream).Append(c).Append(' ');
            }
        }

        return all.ToString();
    }

    private static ValueTask Publish(EventOutbox outbox, SessionEvent e) =>
        outbox.PublishAsync(new EventEnvelope("s", e), CancellationToken.None);

    private static async Task Until(Func<bool> condition)
    {
        using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(20));
        while (!condition())
        {
            patience.Token.ThrowIfCancellationRequested();
            await Task.Yield();
        }
    }
}
