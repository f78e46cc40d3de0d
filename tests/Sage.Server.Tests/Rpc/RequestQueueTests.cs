using Sage.Server.Rpc;

namespace Sage.Server.Tests.Rpc;

public sealed class RequestQueueTests
{
    private readonly RequestQueue _queue = new();

    [Fact]
    public async Task In_order_messages_run_one_after_the_other()
    {
        var first = new TaskCompletionSource<int>();
        var order = new List<int>();
        var one = Run(
            MessageOrder.InOrder,
            async () =>
            {
                await first.Task;
                order.Add(1);
                return 1;
            }
        );
        var two = Run(
            MessageOrder.InOrder,
            () =>
            {
                order.Add(2);
                return Task.FromResult(2);
            }
        );

        Assert.False(two.IsCompleted);
        first.SetResult(0);
        await Task.WhenAll(one, two);

        Assert.Equal([1, 2], order);
    }

    [Fact]
    public async Task A_concurrent_message_sees_what_came_before_it()
    {
        var change = new TaskCompletionSource();
        var state = "before";
        var writing = Run(
            MessageOrder.InOrder,
            async () =>
            {
                await change.Task;
                state = "after";
                return 0;
            }
        );
        var reading = Run(MessageOrder.Concurrent, () => Task.FromResult(state));

        change.SetResult();

        Assert.Equal("after", await reading);
        await writing;
    }

    [Fact]
    public async Task A_long_concurrent_message_holds_up_nobody()
    {
        var turn = new TaskCompletionSource<int>();
        var running = Run(MessageOrder.Concurrent, () => turn.Task);

        await Run(MessageOrder.InOrder, () => Task.FromResult(1));
        await Run(MessageOrder.Concurrent, () => Task.FromResult(2));

        Assert.False(running.IsCompleted);
        turn.SetResult(3);
        Assert.Equal(3, await running);
    }

    [Fact]
    public async Task A_message_that_fails_does_not_stop_those_behind_it()
    {
        var failing = Run<int>(MessageOrder.InOrder, () => throw new InvalidOperationException());

        Assert.Equal(2, await Run(MessageOrder.InOrder, () => Task.FromResult(2)));
        await Assert.ThrowsAsync<InvalidOperationException>(() => failing);
    }

    [Fact]
    public async Task A_message_that_waits_can_be_cancelled()
    {
        using var cancel = new CancellationTokenSource();
        var blocked = new TaskCompletionSource<int>();
        var blocking = Run(MessageOrder.InOrder, () => blocked.Task);
        var waiting = _queue.RunAsync(MessageOrder.Concurrent, () => Task.FromResult(1), cancel.Token);

        await cancel.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => waiting);
        blocked.SetResult(0);
        await blocking;
    }

    private Task<T> Run<T>(MessageOrder order, Func<Task<T>> work) =>
        _queue.RunAsync(order, work, CancellationToken.None);
}
