using System.Threading.Channels;
using Sage.Protocol;
using Sage.Protocol.Events;

namespace Sage.Server.Rpc;

/// <summary>
/// The events of one session on their way to the client: one bounded queue, one writer. While the client is slow, pieces of one
/// stream are joined; when the queue is full, whoever produces events waits.
/// </summary>
internal sealed class EventOutbox
{
    private const int Capacity = 512;
    private readonly ClientConnection _connection;
    private readonly Channel<Outgoing> _queue = Channel.CreateBounded<Outgoing>(
        new BoundedChannelOptions(Capacity) { SingleReader = true }
    );

    public EventOutbox(ClientConnection connection)
    {
        _connection = connection;
        _ = Task.Run(SendAsync);
    }

    public ValueTask PublishAsync(EventEnvelope envelope, CancellationToken cancellationToken) =>
        _queue.Writer.WriteAsync(new Outgoing(envelope, null), cancellationToken);

    /// <summary>Completes when everything published before has been written.</summary>
    public async Task FlushAsync(CancellationToken cancellationToken)
    {
        var marker = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        await _queue.Writer.WriteAsync(new Outgoing(null, marker), cancellationToken);
        await marker.Task.WaitAsync(cancellationToken);
    }

    private async Task SendAsync()
    {
        var reader = _queue.Reader;
        await foreach (var outgoing in reader.ReadAllAsync())
        {
            if (outgoing.Envelope is null)
            {
                outgoing.Flushed?.SetResult();
                continue;
            }

            var run = new DeltaRun(outgoing.Envelope);
            while (reader.TryPeek(out var next) && next.Envelope is not null && run.TryAppend(next.Envelope))
            {
                reader.TryRead(out _);
            }

            await _connection.NotifyAsync(Methods.Event, run.ToEnvelope());
        }
    }

    private readonly record struct Outgoing(EventEnvelope? Envelope, TaskCompletionSource? Flushed);
}
