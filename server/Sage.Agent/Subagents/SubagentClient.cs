using Sage.Agent.Extensions;
using Sage.Agent.Sessions;
using Sage.Protocol.Events;
using Sage.Protocol.Permissions;
using Sage.Protocol.Plans;
using Sage.Protocol.Questions;

namespace Sage.Agent.Subagents;

/// <summary>
/// What a sub-agent has for a client: its events become events of the session, what it may do is asked of the session's own
/// client, and its other questions nobody answers.
/// </summary>
/// <param name="callId">The call that runs it.</param>
/// <param name="client">The session's.</param>
/// <param name="session">Records what happens inside.</param>
internal sealed class SubagentClient(string callId, IClient client, SessionRecorder session) : IClient
{
    /// <summary>What is worth telling when it has ended.</summary>
    public SubagentReport Report { get; } = new();

    public Task<PermissionRequestResult> RequestPermissionAsync(
        PermissionRequestParams request,
        CancellationToken cancellationToken
    ) => client.RequestPermissionAsync(request, cancellationToken);

    public Task<AskQuestionResult?> AskQuestionAsync(AskQuestionParams request, CancellationToken cancellationToken) =>
        Task.FromResult<AskQuestionResult?>(null);

    public Task<ReviewPlanResult?> ReviewPlanAsync(ReviewPlanParams request, CancellationToken cancellationToken) =>
        Task.FromResult<ReviewPlanResult?>(null);

    public ValueTask PublishAsync(EventEnvelope envelope, CancellationToken cancellationToken)
    {
        Report.Add(envelope.Event);
        return envelope.Event switch
        {
            // The turn's: with it they are reviewed and taken back.
            FileChanged changed => session.RecordAsync(changed with { CallId = callId }, cancellationToken),
            DurableEvent happened => session.RecordAsync(new SubagentEvent(callId, happened), cancellationToken),
            // Each is repeated by a durable event.
            _ => ValueTask.CompletedTask,
        };
    }
}
