using System.Collections.Concurrent;
using Microsoft.Extensions.Logging;
using Sage.Agent.Extensions;
using Sage.Protocol;
using Sage.Protocol.Events;
using Sage.Protocol.Permissions;
using Sage.Protocol.Plans;
using Sage.Protocol.Questions;
using Sage.Server.Rpc.Events;
using StreamJsonRpc;

namespace Sage.Server.Rpc;

/// <summary>The editor as the agent sees it: events go out in order, questions come back with an answer.</summary>
internal sealed class ClientNotifier(ClientConnection connection, ILogger<ClientNotifier> log) : IClient
{
    private readonly ConcurrentDictionary<string, EventOutbox> _outboxes = new(StringComparer.Ordinal);

    public ValueTask PublishAsync(EventEnvelope envelope, CancellationToken cancellationToken) =>
        Outbox(envelope.SessionId).PublishAsync(envelope, cancellationToken);

    /// <summary>Waits until the client has been sent every event of a session so far.</summary>
    public Task FlushAsync(string sessionId, CancellationToken cancellationToken) =>
        Outbox(sessionId).FlushAsync(cancellationToken);

    /// <summary>How many events of a session wait to be sent.</summary>
    public int UnsentEvents(string sessionId) => _outboxes.TryGetValue(sessionId, out var outbox) ? outbox.Count : 0;

    public async Task<PermissionRequestResult> RequestPermissionAsync(
        PermissionRequestParams request,
        CancellationToken cancellationToken
    )
    {
        try
        {
            return await AskAsync<PermissionRequestResult>(
                Methods.RequestPermission,
                request.SessionId,
                request,
                cancellationToken
            );
        }
        catch (RemoteRpcException e)
        {
            log.LogWarning(e, "The editor could not ask for permission for call {CallId}", request.CallId);
            return new PermissionRequestResult(
                PermissionDecision.Deny,
                Reason: "The editor could not ask the user; nothing runs without an answer."
            );
        }
    }

    public async Task<AskQuestionResult?> AskQuestionAsync(
        AskQuestionParams request,
        CancellationToken cancellationToken
    )
    {
        try
        {
            return await AskAsync<AskQuestionResult>(
                Methods.AskQuestion,
                request.SessionId,
                request,
                cancellationToken
            );
        }
        catch (RemoteRpcException e)
        {
            log.LogWarning(e, "The editor could not put the questions of call {CallId}", request.CallId);
            return new AskQuestionResult([], Dismissed: true);
        }
    }

    public async Task<ReviewPlanResult?> ReviewPlanAsync(ReviewPlanParams request, CancellationToken cancellationToken)
    {
        try
        {
            return await AskAsync<ReviewPlanResult>(Methods.ReviewPlan, request.SessionId, request, cancellationToken);
        }
        catch (RemoteRpcException e)
        {
            log.LogWarning(e, "The editor could not show the plan of call {CallId}", request.CallId);
            return null;
        }
    }

    // The card belongs to a call that the client must have heard of before.
    private async Task<TResult> AskAsync<TResult>(
        string method,
        string sessionId,
        object request,
        CancellationToken cancellationToken
    )
    {
        await FlushAsync(sessionId, cancellationToken);
        return await connection.RequestAsync<TResult>(method, request, cancellationToken);
    }

    private EventOutbox Outbox(string sessionId) =>
        _outboxes.GetOrAdd(
            sessionId,
            _ => new EventOutbox(
                envelope => new ValueTask(connection.NotifyAsync(Methods.Event, envelope)),
                () => ValueTask.CompletedTask
            )
        );
}
