using Sage.Agent.Secrets;
using Sage.Tools.Shell.Output;

namespace Sage.Tools.Shell;

/// <summary>What a command says, on its two ways: kept for the model, and shown to people while it is said.</summary>
internal sealed class CommandFeed : IAsyncDisposable
{
    private readonly CommandOutput _output;
    private readonly SecretStream _secrets;
    private readonly LiveOutput _live;
    private readonly TimeProvider _time;
    private volatile Func<string, ValueTask> _audience;
    private TaskCompletionSource _news = NewSignal();
    private long _lastNews;

    public CommandFeed(CommandOutput output, SecretStream secrets, Func<string, ValueTask> audience, TimeProvider time)
    {
        (_output, _secrets, _audience, _time, _lastNews) = (output, secrets, audience, time, time.GetTimestamp());
        _live = new LiveOutput(text => _audience(text), time);
    }

    /// <summary>How long nothing was said.</summary>
    public TimeSpan Silence => _time.GetElapsedTime(Volatile.Read(ref _lastNews));

    /// <summary>True when there is something to take.</summary>
    public bool HasNews => _output.HasNews;

    public ValueTask AddAsync(string text)
    {
        Volatile.Write(ref _lastNews, _time.GetTimestamp());
        return SayAsync(_secrets.Feed(text));
    }

    private ValueTask SayAsync(string text)
    {
        if (text.Length == 0)
        {
            return ValueTask.CompletedTask;
        }

        _output.Add(text);
        Interlocked.Exchange(ref _news, NewSignal()).SetResult();
        return _live.AddAsync(text);
    }

    /// <summary>Completes when something is said after this was called.</summary>
    public Task NextNews() => Volatile.Read(ref _news).Task;

    /// <summary>What was said since this was called last, as the model reads it.</summary>
    public string Take() => _output.Take();

    /// <summary>From now on these people look on, and all of it is kept in a file, also what fits the model's budget.</summary>
    public void MoveTo(Func<string, ValueTask> audience)
    {
        _audience = audience;
        _output.SpillAll();
    }

    /// <summary>No more will come: shows the rest. What was said last can still be taken.</summary>
    public async ValueTask DisposeAsync()
    {
        await SayAsync(_secrets.Finish());
        _output.Dispose();
        await _live.DisposeAsync();
    }

    private static TaskCompletionSource NewSignal() => new(TaskCreationOptions.RunContinuationsAsynchronously);
}
