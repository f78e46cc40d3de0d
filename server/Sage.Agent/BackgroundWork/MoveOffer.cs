namespace Sage.Agent.BackgroundWork;

/// <summary>A running call's readiness to be moved to the background. It is withdrawn when it is disposed.</summary>
public sealed class MoveOffer : IDisposable
{
    private readonly TaskCompletionSource _requested = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly TaskCompletionSource<string?> _answer = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly Action<MoveOffer> _withdraw;

    internal MoveOffer(string callId, Action<MoveOffer> withdraw) => (CallId, _withdraw) = (callId, withdraw);

    /// <summary>The call.</summary>
    public string CallId { get; }

    /// <summary>Completes when the user wants it moved.</summary>
    public Task Requested => _requested.Task;

    /// <summary>It has become this task.</summary>
    public void Accept(BackgroundTask task)
    {
        ArgumentNullException.ThrowIfNull(task);
        _answer.TrySetResult(task.Id);
    }

    public void Dispose()
    {
        _withdraw(this);
        _answer.TrySetResult(null);
    }

    /// <summary>The id of the task; null when the call ended before.</summary>
    internal Task<string?> RequestAsync()
    {
        _requested.TrySetResult();
        return _answer.Task;
    }
}
