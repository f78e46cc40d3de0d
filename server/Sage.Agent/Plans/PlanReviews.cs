using System.Collections.Immutable;
using Sage.Agent.Extensions;
using Sage.Agent.Permissions;
using Sage.Agent.Sessions;
using Sage.Protocol.Events;
using Sage.Protocol.Permissions;
using Sage.Protocol.Plans;

namespace Sage.Agent.Plans;

/// <summary>Puts the plans of a turn before the user, one at a time, and ends plan mode when they accept one.</summary>
internal sealed class PlanReviews(string sessionId, IClient client, SessionRecorder recorder, PermissionGate gate)
{
    private int _open;

    /// <param name="callId">The call that proposes it.</param>
    /// <param name="plan">Markdown.</param>
    /// <param name="cancellationToken">Ends the question.</param>
    public async Task<PlanReview> ReviewAsync(string callId, string plan, CancellationToken cancellationToken)
    {
        if (!gate.IsPlanning)
        {
            return new PlanReview.Refused("Plan mode has ended: the user has accepted a plan. Carry it out.");
        }

        if (Interlocked.Exchange(ref _open, 1) == 1)
        {
            return new PlanReview.Refused("The user is looking at another plan. Propose one at a time.");
        }

        try
        {
            // As it is recorded: a panel that is reloaded shows the same.
            var shown = recorder.Secrets.Redact(plan);
            await recorder.RecordAsync(new PlanProposed(callId, shown), cancellationToken);
            var request = new ReviewPlanParams(sessionId, callId, shown);
            return await client.ReviewPlanAsync(request, cancellationToken) is { } answer
                ? new PlanReview.Answered(await TakeInAsync(callId, Clean(answer, shown)))
                : new PlanReview.Unseen();
        }
        finally
        {
            Volatile.Write(ref _open, 0);
        }
    }

    /// <summary>Recorded before it counts, also when the turn is stopped at this moment: the user has said it.</summary>
    private async Task<ReviewPlanResult> TakeInAsync(string callId, ReviewPlanResult answer)
    {
        await recorder.RecordAsync(
            new PlanAnswered(callId, answer.Decision, answer.Mode, answer.Plan, answer.Comments, answer.Reason),
            CancellationToken.None
        );
        if (answer.Mode is { } mode)
        {
            gate.GoOnIn(mode);
        }

        // What the user decided must not be forgotten by a crash.
        recorder.Flush();
        return answer;
    }

    /// <summary>Nothing that is not the user's words, and no mode that a plan cannot lead to.</summary>
    private static ReviewPlanResult Clean(ReviewPlanResult answer, string plan)
    {
        var isAccepted = answer.Decision == PlanDecision.Accept;
        ImmutableArray<PlanComment> comments =
        [
            .. (answer.Comments ?? []).Where(comment => !string.IsNullOrWhiteSpace(comment.Text)),
        ];
        return new ReviewPlanResult(
            answer.Decision,
            !isAccepted ? null
                : answer.Mode == PermissionMode.AutoEdit ? PermissionMode.AutoEdit
                : PermissionMode.Ask,
            !string.IsNullOrWhiteSpace(answer.Plan) && answer.Plan != plan ? answer.Plan : null,
            comments.IsEmpty ? null : comments,
            string.IsNullOrWhiteSpace(answer.Reason) ? null : answer.Reason.Trim()
        );
    }
}
