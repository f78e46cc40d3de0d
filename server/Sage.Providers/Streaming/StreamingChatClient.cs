using System.Runtime.CompilerServices;
using System.Threading.Channels;
using Microsoft.Extensions.AI;
using Polly;
using Sage.Agent.LanguageModels;
using Sage.Providers.Failures;

namespace Sage.Providers.Streaming;

/// <summary>
/// A model behind a wire format: opens the stream under the provider's resilience pipeline, tells of each retry before it waits,
/// and fails with <see cref="ModelException"/> only.
/// </summary>
internal sealed class StreamingChatClient(
    IWire wire,
    Endpoint endpoint,
    Lazy<ResiliencePipeline<ReplyStream>> pipeline,
    TimeProvider time,
    StreamTimeouts? timeouts = null
) : StreamedModel
{
    private readonly StreamTimeouts _timeouts = timeouts ?? StreamTimeouts.Default;

    public override async IAsyncEnumerable<ChatResponseUpdate> GetStreamingResponseAsync(
        IEnumerable<ChatMessage> messages,
        ChatOptions? options = null,
        [EnumeratorCancellation] CancellationToken cancellationToken = default
    )
    {
        if (endpoint.MissingKey() is { } missing)
        {
            throw missing.ToModelException(inner: null);
        }
        var request = wire.Prepare(messages as IReadOnlyList<ChatMessage> ?? messages.ToArray(), options);
        await using var opening = new Opening(this, request, cancellationToken);
        await foreach (var notice in opening.Notices.ReadAllAsync(cancellationToken))
        {
            yield return new ChatResponseUpdate(ChatRole.Assistant, [notice]);
        }
        var reply = await opening.ReplyAsync();
        while (await NextAsync(reply) is { } update)
        {
            yield return update;
        }
    }

    private async ValueTask<ChatResponseUpdate?> NextAsync(ReplyStream reply)
    {
        try
        {
            return await reply.NextAsync(endpoint);
        }
        catch (ProviderFailureException error)
        {
            throw error.Failure.ToModelException(error);
        }
    }

    /// <summary>The attempts to open one reply, running while their notices are read.</summary>
    private sealed class Opening : IAsyncDisposable
    {
        private readonly Channel<RetryNotice> _notices = Channel.CreateUnbounded<RetryNotice>();
        private readonly CancellationTokenSource _cancel;
        private readonly Task<ReplyStream> _reply;

        public Opening(StreamingChatClient client, IWireRequest request, CancellationToken cancellationToken)
        {
            _cancel = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
            _reply = RunAsync(client, request);
        }

        public ChannelReader<RetryNotice> Notices => _notices.Reader;

        public async Task<ReplyStream> ReplyAsync()
        {
            try
            {
                return await _reply;
            }
            catch (ProviderFailureException error)
            {
                throw error.Failure.ToModelException(error);
            }
        }

        public async ValueTask DisposeAsync()
        {
            if (!_reply.IsCompleted)
            {
                await _cancel.CancelAsync();
            }
            await ((Task)_reply).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            if (_reply.IsCompletedSuccessfully)
            {
                await (await _reply).DisposeAsync();
            }
            _cancel.Dispose();
        }

        private async Task<ReplyStream> RunAsync(StreamingChatClient client, IWireRequest request)
        {
            var context = Resilience.Begin(_notices.Writer, client.Time, _cancel.Token);
            try
            {
                return await client.Pipeline.ExecuteAsync(
                    static (c, state) => new ValueTask<ReplyStream>(state.Client.OpenAsync(state.Request, c)),
                    context,
                    (Client: client, Request: request)
                );
            }
            finally
            {
                ResilienceContextPool.Shared.Return(context);
                _notices.Writer.Complete();
            }
        }
    }

    private TimeProvider Time => time;

    private ResiliencePipeline<ReplyStream> Pipeline => pipeline.Value;

    private Task<ReplyStream> OpenAsync(IWireRequest request, ResilienceContext context) =>
        ReplyStream.OpenAsync(request, endpoint, _timeouts, time, context.CancellationToken);
}
