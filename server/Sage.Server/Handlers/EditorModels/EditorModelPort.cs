using System.Collections.Concurrent;
using System.Collections.Immutable;
using System.Threading.Channels;
using Microsoft.Extensions.Logging;
using Sage.Agent.LanguageModels;
using Sage.Protocol;
using Sage.Protocol.EditorModels;
using Sage.Protocol.Turns;
using Sage.Providers.Editor;
using Sage.Server.Handlers.Lifecycle;
using Sage.Server.Rpc;
using StreamJsonRpc;

namespace Sage.Server.Handlers.EditorModels;

/// <summary>Asks the client about its models, and leads the pieces of a reply to whoever reads it.</summary>
internal sealed class EditorModelPort(
    ClientConnection connection,
    EditorClient client,
    TimeProvider time,
    ILogger<EditorModelPort> log
) : IEditorModels
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(2);
    private readonly ConcurrentDictionary<string, ChannelWriter<EditorModelPartParams>> _replies = new(
        StringComparer.Ordinal
    );
    private readonly Lock _gate = new();
    private Task<ListEditorModelsResult>? _listed;

    public bool AreOffered => client.Options.EditorModels;

    public async Task<ImmutableArray<EditorModel>> ListAsync(CancellationToken cancellationToken)
    {
        try
        {
            // One that comes too late is there the next time.
            return (await Listed().WaitAsync(Patience, time, cancellationToken)).Models;
        }
        catch (Exception e) when (e is TimeoutException or RemoteRpcException or ObjectDisposedException)
        {
            log.LogWarning(e, "The editor did not tell its models");
            return [];
        }
    }

    /// <summary>The editor has other models now.</summary>
    public void Forget()
    {
        lock (_gate)
        {
            _listed = null;
        }
    }

    public async Task<AskEditorModelResult> AskAsync(
        AskEditorModelParams request,
        ChannelWriter<EditorModelPartParams> reply,
        CancellationToken cancellationToken
    )
    {
        _replies[request.RequestId] = reply;
        try
        {
            return await connection.RequestAsync<AskEditorModelResult>(
                Methods.AskEditorModel,
                request,
                cancellationToken
            );
        }
        catch (Exception e) when (e is ConnectionLostException or ObjectDisposedException)
        {
            throw new ModelException(
                TurnErrorCodes.Network,
                "VS Code went away in the middle of the reply of its model. Send the prompt again.",
                retryable: false,
                e
            );
        }
        catch (RemoteRpcException e)
        {
            log.LogWarning(e, "The editor failed to ask its model {Model}", request.Model);
            throw new ModelException(
                TurnErrorCodes.InvalidResponse,
                $"VS Code could not ask its model: {e.Message} Try again, or choose another model.",
                retryable: true,
                e
            );
        }
        finally
        {
            _replies.TryRemove(request.RequestId, out _);
        }
    }

    /// <summary>Returns when the piece has found room. One that nobody waits for is passed over.</summary>
    public async Task TakeAsync(EditorModelPartParams part, CancellationToken cancellationToken)
    {
        if (!_replies.TryGetValue(part.RequestId, out var reply))
        {
            return;
        }

        try
        {
            await reply.WriteAsync(part, cancellationToken);
        }
        catch (ChannelClosedException)
        {
            // The reply was given up while this piece waited.
        }
    }

    private Task<ListEditorModelsResult> Listed()
    {
        lock (_gate)
        {
            return _listed is null or { IsFaulted: true } or { IsCanceled: true }
                ? _listed = AskForListAsync()
                : _listed;
        }
    }

    private Task<ListEditorModelsResult> AskForListAsync() =>
        connection.RequestAsync<ListEditorModelsResult>(
            Methods.ListEditorModels,
            new ListEditorModelsParams(),
            CancellationToken.None
        );
}
