using System.Collections.Concurrent;
using Sage.Agent.Extensions;
using Sage.Protocol.Events;
using Sage.Protocol.Permissions;
using Sage.Protocol.Questions;

namespace Sage.TestKit.Fakes;

/// <summary>A front end that answers as told and remembers what it was asked. Headless until an answer is given.</summary>
public sealed class FakeClient : IClient
{
    private readonly ConcurrentQueue<EventEnvelope> _published = new();
    private readonly ConcurrentQueue<AskQuestionParams> _questions = new();
    private readonly ConcurrentQueue<PermissionRequestParams> _permissionRequests = new();

    /// <summary>How questions are answered; null as a headless client does.</summary>
    public Func<AskQuestionParams, CancellationToken, Task<AskQuestionResult?>> AnswerQuestion { get; set; } =
        static (_, _) => Task.FromResult<AskQuestionResult?>(null);

    /// <summary>How permission is answered; denied as a headless client does.</summary>
    public Func<
        PermissionRequestParams,
        CancellationToken,
        Task<PermissionRequestResult>
    > AnswerPermission { get; set; } =
        static (_, _) =>
            Task.FromResult(new PermissionRequestResult(PermissionDecision.Deny, Reason: "Nobody is there to ask."));

    public IReadOnlyList<EventEnvelope> Published => [.. _published];

    public IReadOnlyList<AskQuestionParams> Questions => [.. _questions];

    public IReadOnlyList<PermissionRequestParams> PermissionRequests => [.. _permissionRequests];

    public Task<PermissionRequestResult> RequestPermissionAsync(
        PermissionRequestParams request,
        CancellationToken cancellationToken
    )
    {
        _permissionRequests.Enqueue(request);
        return AnswerPermission(request, cancellationToken);
    }

    public Task<AskQuestionResult?> AskQuestionAsync(AskQuestionParams request, CancellationToken cancellationToken)
    {
        _questions.Enqueue(request);
        return AnswerQuestion(request, cancellationToken);
    }

    public ValueTask PublishAsync(EventEnvelope envelope, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        _published.Enqueue(envelope);
        return ValueTask.CompletedTask;
    }
}
