namespace Sage.Server.Rpc;

/// <summary>
/// Orders messages as they arrived: what changes the server's picture of the editor runs one at a time and is seen by
/// everything that came after it; the rest overlaps.
/// </summary>
internal sealed class RequestQueue
{
    private readonly Lock _gate = new();
    private Task _lastInOrder = Task.CompletedTask;

    /// <summary>Must be called in the order of arrival; the place in the queue is taken before it returns.</summary>
    public Task<T> RunAsync<T>(MessageOrder order, Func<Task<T>> work, CancellationToken cancellationToken)
    {
        lock (_gate)
        {
            if (order == MessageOrder.Concurrent)
            {
                return RunConcurrentlyAsync(_lastInOrder, work, cancellationToken);
            }

            var running = RunInOrderAsync(_lastInOrder, work);
            _lastInOrder = running.ContinueWith(
                static _ => { },
                CancellationToken.None,
                TaskContinuationOptions.ExecuteSynchronously,
                TaskScheduler.Default
            );
            return running;
        }
    }

    private static async Task<T> RunInOrderAsync<T>(Task previous, Func<Task<T>> work)
    {
        await previous;
        return await work();
    }

    private static async Task<T> RunConcurrentlyAsync<T>(
        Task previous,
        Func<Task<T>> work,
        CancellationToken cancellationToken
    )
    {
        await previous.WaitAsync(cancellationToken);

        // Off the reading path: a handler that computes for a while must not hold up the messages behind it.
        return await Task.Run(work, cancellationToken);
    }
}
