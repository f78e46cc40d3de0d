using System.Threading.Channels;
using Sage.Protocol.Events;

namespace Sage.Server.Rpc.Events;

/// <summary>
/// The events of one session on their way to the client: one bounded queue, one writer. While the client is slow, pieces of one
/// stream are joined; when the queue is full, whoever produces events waits.
/// </summary>
internal sealed class EventOutbox
{
    private const int Capacity = 512;
    private readonly Func<EventEnvelope, ValueTask> _send;
    private readonly Func<ValueTask> _idle;
    private readonly Task _sending;
    private readonly Channel<Outgoing> _queue = Channel.CreateBounded<Outgoing>(
        new BoundedChannelOptions(Capacity) { SingleReader = true }
    );

    /// <param name="send">Sends one event.</param>
    /// <param name="idle">Called when nothing waits any more.</param>
    public EventOutbox(Func<EventEnvelope, ValueTask> send, Func<ValueTask> idle)
    {
        _send = send;
        _idle = idle;
        _sending = Task.Run(SendAsync);
    }

    /// <summary>How many events wait.</summary>
    public int Count => _queue.Reader.Count;

    public ValueTask PublishAsync(EventEnvelope envelope, CancellationToken cancellationToken) =>
        _queue.Writer.WriteAsync(new Outgoing(envelope, null), cancellationToken);

    /// <summary>Completes when everything published before has been sent.</summary>
    public async Task FlushAsync(CancellationToken cancellationToken)
    {
        var marker = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        await _queue.Writer.WriteAsync(new Outgoing(null, marker), cancellationToken);

        // A writer that failed will never get to the marker.
        await (await Task.WhenAny(marker.Task, _sending).WaitAsync(cancellationToken));
    }

    private async Task SendAsync()
    {
        var reader = _queue.Reader;
        try
        {
            while (await reader.WaitToReadAsync())
            {
                while (reader.TryRead(out var outgoing))
                {
                    await SendAsync(outgoing, reader);
                }

                await _idle();
            }
        }
        finally
        {
            // Whoever publishes must fail rather than wait for a writer that is gone.
            _queue.Writer.TryComplete();
        }
    }

    private async ValueTask SendAsync(Outgoing outgoing, ChannelReader<Outgoing> reader)
    {
        if (outgoing.Envelope is null)
        {
            await _idle();
            outgoing.Flushed?.SetResult();
            return;
        }

        var run = new DeltaRun(outgoing.Envelope);
        while (reader.TryPeek(out var next) && next.Envelope is not null && run.TryAppend(next.Envelope))
        {
            reader.TryRead(out _);
        }

        await _send(run.ToEnvelope());
    }

    private readonly record struct Outgoing(EventEnvelope? Envelope, TaskCompletionSource? Flushed);
}
