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
/// <param name="clock">Stands still while the user is asked.</param>
/// <param name="watch">Sees what happens inside.</param>
internal sealed class SubagentClient(
    string callId,
    IClient client,
    SessionRecorder session,
    WorkingTime clock,
    Func<SessionEvent, ValueTask> watch
) : IClient
{
    /// <summary>What is worth telling when it has ended.</summary>
    public SubagentReport Report { get; } = new();

    public async Task<PermissionRequestResult> RequestPermissionAsync(
        PermissionRequestParams request,
        CancellationToken cancellationToken
    )
    {
        using var pause = clock.Pause();
        return await client.RequestPermissionAsync(request, cancellationToken);
    }

    public Task<AskQuestionResult?> AskQuestionAsync(AskQuestionParams request, CancellationToken cancellationToken) =>
        Task.FromResult<AskQuestionResult?>(null);

    public Task<ReviewPlanResult?> ReviewPlanAsync(ReviewPlanParams request, CancellationToken cancellationToken) =>
        Task.FromResult<ReviewPlanResult?>(null);

    public async ValueTask PublishAsync(EventEnvelope envelope, CancellationToken cancellationToken)
    {
        Report.Add(envelope.Event);
        switch (envelope.Event)
        {
            case FileChanged changed:
                // The turn's: with it they are reviewed and taken back.
                await session.RecordAsync(changed with { CallId = callId }, cancellationToken);
                break;
            case DurableEvent happened:
                await session.RecordAsync(new SubagentEvent(callId, happened), cancellationToken);
                break;
            case TextDelta delta:
                await session.StreamAsync(
                    new SubagentDelta(callId, delta.ReplyId, delta.Offset, delta.Text),
                    cancellationToken
                );
                break;
            default:
                // Each of the others is repeated by a durable event.
                break;
        }

        await watch(envelope.Event);
    }
}
