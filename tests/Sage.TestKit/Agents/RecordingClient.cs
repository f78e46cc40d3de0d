using System.Collections.Concurrent;
using System.Collections.Immutable;
using Sage.Agent.Extensions;
using Sage.Protocol.Events;
using Sage.Protocol.Permissions;
using Sage.Protocol.Plans;
using Sage.Protocol.Questions;

namespace Sage.TestKit.Agents;

/// <summary>A front end that keeps what it is sent and answers as the test says.</summary>
public sealed class RecordingClient : IClient
{
    private readonly Lock _gate = new();
    private readonly List<EventEnvelope> _events = [];
    private readonly ConcurrentQueue<AskQuestionParams> _questions = new();

    public Func<PermissionRequestParams, CancellationToken, Task<PermissionRequestResult>> OnPermission { get; set; } =
        (_, _) => Task.FromResult(new PermissionRequestResult(PermissionDecision.Allow));

    public Func<AskQuestionParams, CancellationToken, Task<AskQuestionResult?>> OnQuestion { get; set; } =
        (_, _) => Task.FromResult<AskQuestionResult?>(null);

    public Func<ReviewPlanParams, CancellationToken, Task<ReviewPlanResult?>> OnPlan { get; set; } =
        (_, _) => Task.FromResult<ReviewPlanResult?>(null);

    /// <summary>Called for each event, in order, before the agent goes on.</summary>
    public Action<EventEnvelope>? OnEvent { get; set; }

    /// <summary>Completes with the next event of this kind.</summary>
    public Task NextAsync<T>()
        where T : SessionEvent
    {
        var seen = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        OnEvent += envelope =>
        {
            if (envelope.Event is T)
            {
                seen.TrySetResult();
            }
        };
        return seen.Task;
    }

    public ImmutableArray<EventEnvelope> Envelopes
    {
        get
        {
            lock (_gate)
            {
                return [.. _events];
            }
        }
    }

    /// <summary>What the user was asked, in order.</summary>
    public IReadOnlyList<AskQuestionParams> Questions => [.. _questions];

    public IEnumerable<SessionEvent> Events => Envelopes.Select(envelope => envelope.Event);

    public IEnumerable<T> Of<T>()
        where T : SessionEvent => Events.OfType<T>();

    public Task<PermissionRequestResult> RequestPermissionAsync(
        PermissionRequestParams request,
        CancellationToken cancellationToken
    ) => OnPermission(request, cancellationToken);

    public Task<AskQuestionResult?> AskQuestionAsync(AskQuestionParams request, CancellationToken cancellationToken)
    {
        _questions.Enqueue(request);
        return OnQuestion(request, cancellationToken);
    }

    public Task<ReviewPlanResult?> ReviewPlanAsync(ReviewPlanParams request, CancellationToken cancellationToken) =>
        OnPlan(request, cancellationToken);

    public ValueTask PublishAsync(EventEnvelope envelope, CancellationToken cancellationToken)
    {
        lock (_gate)
        {
            _events.Add(envelope);
        }

        OnEvent?.Invoke(envelope);
        return ValueTask.CompletedTask;
    }
}
