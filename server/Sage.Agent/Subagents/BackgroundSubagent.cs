using System.Text;
using Sage.Agent.BackgroundWork;
using Sage.Agent.LanguageModels;
using Sage.Agent.Runtime;
using Sage.Agent.ToolCalls;
using Sage.Protocol.Events;

namespace Sage.Agent.Subagents;

/// <summary>
/// A sub-agent that no call waits for: it goes on when its turn has ended by itself, and ends when that is stopped, or with the session.
/// </summary>
internal sealed class BackgroundSubagent : IBackgroundWork
{
    private const int MostResult = 20_000;
    private const int MostUnread = 20_000;

    private readonly SubagentKind _kind;
    private readonly TurnSurroundings _around;
    private readonly LanguageModel _model;
    private readonly Work _shown;
    private readonly SubagentReport _report = new();
    private readonly StringBuilder _unread = new();
    private readonly Lock _gate = new();
    private readonly CancellationTokenSource _stop;
    private readonly CancellationTokenSource _kill;
    private readonly TaskCompletionSource<BackgroundExit> _end = new(
        TaskCreationOptions.RunContinuationsAsynchronously
    );
    private TaskCompletionSource _news = NewSignal();
    private bool _begun;

    /// <param name="kind">What it is.</param>
    /// <param name="around">The turn that starts it.</param>
    /// <param name="model">Who answers.</param>
    /// <param name="shown">Where it is seen to run.</param>
    public BackgroundSubagent(SubagentKind kind, TurnSurroundings around, LanguageModel model, Work shown)
    {
        var context = around.ContextOf(shown);
        (_kind, _model, _shown) = (kind, model, shown);
        _stop = CancellationTokenSource.CreateLinkedTokenSource(around.Stopped);
        _kill = CancellationTokenSource.CreateLinkedTokenSource(context.Kill);
        var killed = _kill.Token;
        _around = around with
        {
            SourceAround = around.Recorder.Outside.AsOf(shown.CallId!),
            // The turn may be over when a call runs: what is the turn's own is not there any more.
            ContextOf = work =>
                context with
                {
                    CallId = work.CallId!,
                    StartProcess = work.StartProcess,
                    ReportStopped = static _ => { },
                    Kill = killed,
                },
        };
    }

    public int? Pid => null;

    public BackgroundCommand? Command => null;

    public string Subagent => _kind.Name;

    public string? Source
    {
        get
        {
            lock (_gate)
            {
                return _report.Source;
            }
        }
    }

    public Task<BackgroundExit> Completion => _end.Task;

    /// <summary>Begins, now that everybody can see it, unless it was stopped already.</summary>
    public void Start(string words, BackgroundTask task)
    {
        lock (_gate)
        {
            if (_end.Task.IsCompleted)
            {
                return;
            }

            _begun = true;
        }

        _ = WorkAsync(words, task);
    }

    public Task WaitForOutputAsync(CancellationToken cancellationToken)
    {
        lock (_gate)
        {
            return _unread.Length > 0 ? Task.CompletedTask : _news.Task.WaitAsync(cancellationToken);
        }
    }

    public string TakeOutput()
    {
        lock (_gate)
        {
            var text = _unread.ToString();
            _unread.Clear();
            _news = _end.Task.IsCompleted ? _news : NewSignal();
            return text;
        }
    }

    public void Stop()
    {
        lock (_gate)
        {
            if (!_begun)
            {
                _end.TrySetResult(ExitOf(ToolPipeline.Cancelled));
            }
        }

        try
        {
            if (_stop.IsCancellationRequested)
            {
                _kill.Cancel();
            }

            _stop.Cancel();
        }
        catch (ObjectDisposedException)
        {
            // It ended by itself at this moment.
        }
    }

    private async Task WorkAsync(string words, BackgroundTask task)
    {
        var callId = _shown.CallId!;
        var result = await _around.Pipeline.RunBesideAsync(
            callId,
            $"The sub-agent {_kind.Name}",
            MostResult,
            () => RunAsync(callId, words, task),
            _stop.Token
        );
        _end.TrySetResult(ExitOf(result));
        lock (_gate)
        {
            _news.TrySetResult();
        }

        _stop.Dispose();
        _kill.Dispose();
    }

    private async Task<ToolResult> RunAsync(string callId, string words, BackgroundTask task)
    {
        using var running = _around.Subagents.Add(callId, Stop);
        using var place = await _around.Subagents.EnterAsync(_stop.Token);
        using var subagent = new Subagent(_kind, _around, _model, _shown, happened => ShowAsync(happened, task));
        running.Working = subagent;
        return await subagent.RunAsync(words, _stop.Token);
    }

    private async ValueTask ShowAsync(SessionEvent happened, BackgroundTask task)
    {
        var line = happened switch
        {
            ReplyEnded { Text: var text } when !string.IsNullOrWhiteSpace(text) => text.Trim() + "\n",
            ToolCallStarted call => $"• {call.Title}\n",
            _ => null,
        };
        lock (_gate)
        {
            _report.Add(happened);
            if (line is null)
            {
                return;
            }

            _unread.Append(line);
            if (_unread.Length > MostUnread)
            {
                _unread.Remove(0, _unread.Length - MostUnread).Insert(0, "…");
            }

            _news.TrySetResult();
        }

        await task.ShowAsync(line);
    }

    private static BackgroundExit ExitOf(ToolResult result) =>
        new(ExitCode: null, Describe(result.Status))
        {
            WasStopped = result.Status == ToolCallStatus.Cancelled,
            Result = result.Text,
            Source = result.Outside is { IsTrusted: false } outside ? OutsideMark.OneLine(outside.Source) : null,
        };

    private static string Describe(ToolCallStatus status) =>
        status switch
        {
            ToolCallStatus.Ok => "completed",
            ToolCallStatus.TimedOut => "stopped because it took too long",
            ToolCallStatus.Cancelled => "stopped",
            _ => "not done",
        };

    private static TaskCompletionSource NewSignal() => new(TaskCreationOptions.RunContinuationsAsynchronously);
}
