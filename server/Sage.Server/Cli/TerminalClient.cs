using Sage.Agent.Extensions;
using Sage.Protocol.Events;
using Sage.Protocol.Permissions;
using Sage.Protocol.Plans;
using Sage.Protocol.Questions;
using Sage.Server.Rpc.Events;

namespace Sage.Server.Cli;

/// <summary>The front end of <c>sage exec</c>: prints what happens, and answers for nobody.</summary>
internal sealed class TerminalClient : IClient
{
    private readonly EventOutbox _outbox;

    public TerminalClient(EventPrinter printer) =>
        _outbox = new EventOutbox(
            envelope =>
            {
                printer.Print(envelope);
                return ValueTask.CompletedTask;
            },
            printer.FlushAsync
        );

    public ValueTask PublishAsync(EventEnvelope envelope, CancellationToken cancellationToken) =>
        _outbox.PublishAsync(envelope, cancellationToken);

    /// <summary>Waits until everything so far is printed.</summary>
    public Task FlushAsync() => _outbox.FlushAsync(CancellationToken.None);

    public Task<PermissionRequestResult> RequestPermissionAsync(
        PermissionRequestParams request,
        CancellationToken cancellationToken
    ) =>
        Task.FromResult(
            new PermissionRequestResult(
                PermissionDecision.Deny,
                Reason: "nobody can be asked, because Sage runs without a user. "
                    + (request.Reason is { } reason ? reason + " " : "")
                    + $"To allow this, start it with --allow '{request.Rule}', or with another --mode."
            )
        );

    public Task<AskQuestionResult?> AskQuestionAsync(AskQuestionParams request, CancellationToken cancellationToken) =>
        Task.FromResult<AskQuestionResult?>(null);

    public Task<ReviewPlanResult?> ReviewPlanAsync(ReviewPlanParams request, CancellationToken cancellationToken) =>
        Task.FromResult<ReviewPlanResult?>(null);
}
