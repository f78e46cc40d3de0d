using System.Net.ServerSentEvents;
using Microsoft.Extensions.AI;
using Sage.Providers.Failures;

namespace Sage.Providers.Streaming;

/// <summary>How long a stream may be silent.</summary>
/// <param name="FirstByte">From sending to the first data event.</param>
/// <param name="Idle">From one data event to the next.</param>
internal sealed record StreamTimeouts(TimeSpan FirstByte, TimeSpan Idle)
{
    public static StreamTimeouts Default { get; } = new(TimeSpan.FromSeconds(60), TimeSpan.FromSeconds(120));
}

/// <summary>One reply as it streams in, opened as far as its first content.</summary>
internal sealed class ReplyStream : IAsyncDisposable
{
    private readonly CancellationTokenSource _request;
    private readonly CancellationToken _caller;
    private readonly SilenceWatch _silence;
    private readonly StreamTimeouts _timeouts;
    private readonly IReplyDecoder _decoder;
    private Stream? _body;
    private IAsyncEnumerator<SseItem<Decoded>>? _events;
    private ChatResponseUpdate? _first;
    private bool _ended;

    private ReplyStream(
        IReplyDecoder decoder,
        StreamTimeouts timeouts,
        TimeProvider time,
        CancellationToken cancellationToken
    )
    {
        _decoder = decoder;
        _timeouts = timeouts;
        _caller = cancellationToken;
        _request = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        _silence = new SilenceWatch(time, timeouts.FirstByte, _request);
    }

    /// <summary>Sends the request and reads until there is something to show, so that all before it can be tried again.</summary>
    /// <exception cref="ProviderFailureException">Anything went wrong.</exception>
    public static async Task<ReplyStream> OpenAsync(
        IWireRequest request,
        Endpoint endpoint,
        StreamTimeouts timeouts,
        TimeProvider time,
        CancellationToken cancellationToken
    )
    {
        var reply = new ReplyStream(request.CreateDecoder(), timeouts, time, cancellationToken);
        try
        {
            await reply.OpenAsync(request);
            return reply;
        }
        catch (Exception error) when (FailureOf.Exception(error, endpoint, reply.Course) is { } failure)
        {
            await reply.DisposeAsync();
            throw new ProviderFailureException(failure, error);
        }
        catch
        {
            await reply.DisposeAsync();
            throw;
        }
    }

    /// <summary>The next update; null at the end of the reply.</summary>
    /// <exception cref="ProviderFailureException">The stream broke.</exception>
    public async ValueTask<ChatResponseUpdate?> NextAsync(Endpoint endpoint)
    {
        if (_first is { } first)
        {
            _first = null;
            return first;
        }
        try
        {
            return await ReadAsync();
        }
        catch (Exception error) when (FailureOf.Exception(error, endpoint, Course) is { } failure)
        {
            throw new ProviderFailureException(failure, error);
        }
    }

    public async ValueTask DisposeAsync()
    {
        _silence.Dispose();
        // Cancelling first makes the disposal of a half-read body drop the connection instead of draining it.
        if (!_ended)
        {
            await _request.CancelAsync();
        }
        if (_body is not null)
        {
            await _body.DisposeAsync();
        }
        _request.Dispose();
    }

    private RequestCourse Course =>
        _caller.IsCancellationRequested ? RequestCourse.Cancelled
        : _silence.Fired ? RequestCourse.Silent
        : RequestCourse.Running;

    private async Task OpenAsync(IWireRequest request)
    {
        _body = await request.SendAsync(_request.Token);
        var parser = SseParser.Create(_body, (type, data) => _decoder.Decode(type, data));
        _events = parser.EnumerateAsync(_request.Token).GetAsyncEnumerator(_request.Token);
        _first = await ReadAsync();
    }

    private async ValueTask<ChatResponseUpdate?> ReadAsync()
    {
        while (!_ended && await _events!.MoveNextAsync())
        {
            var decoded = _events.Current.Data;
            if (decoded.Kind != EventKind.KeepAlive)
            {
                _silence.Sign(_timeouts.Idle);
            }
            _ended = decoded.Kind == EventKind.End;
            if (decoded.Update is { } update)
            {
                return update;
            }
        }
        if (_ended)
        {
            return null;
        }
        // The caller's own cancellation can look like the end of the body.
        _request.Token.ThrowIfCancellationRequested();
        _ended = true;
        return _decoder.Complete() ?? throw new BrokenReplyException();
    }
}
