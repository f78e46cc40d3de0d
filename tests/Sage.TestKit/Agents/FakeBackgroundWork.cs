using System.Text;
using System.Text.Json;
using Sage.Agent.BackgroundWork;
using Sage.Agent.ToolCalls;

namespace Sage.TestKit.Agents;

/// <summary>Background work that says and ends what the test wants.</summary>
public sealed class FakeBackgroundWork : IBackgroundWork
{
    private readonly StringBuilder _said = new();
    private readonly TaskCompletionSource<BackgroundExit> _end = new(
        TaskCreationOptions.RunContinuationsAsynchronously
    );

    /// <summary>How often it was asked to end.</summary>
    public int Stops { get; private set; }

    /// <summary>When it ends at the first request.</summary>
    public bool Obedient { get; init; } = true;

    public int? Pid => null;

    public BackgroundCommand? Command { get; init; } = new("/bin/sh", "serve --port 1", "/work");

    public Task<BackgroundExit> Completion => _end.Task;

    /// <summary>A tool that starts this work under the id it answers with.</summary>
    public FunctionTool Starting(string name = "start") => new(name, StartAsync);

    public void End(int? exitCode) => _end.TrySetResult(new BackgroundExit(exitCode, $"exit code {exitCode}"));

    public void Say(string text) => _said.Append(text);

    public Task WaitForOutputAsync(CancellationToken cancellationToken) =>
        _said.Length > 0 ? Task.CompletedTask : Completion.WaitAsync(cancellationToken);

    public string TakeOutput()
    {
        var text = _said.ToString();
        _said.Clear();
        return text;
    }

    public void Stop()
    {
        Stops++;
        if (Obedient)
        {
            _end.TrySetResult(new BackgroundExit(null, "ended by SIGTERM"));
        }
    }

    private async Task<ToolResult> StartAsync(
        JsonElement input,
        ToolContext context,
        CancellationToken cancellationToken
    )
    {
        var task = await context.Background.AddAsync(context.CallId, "serve", this);
        await task.ShowAsync("listening\n");
        return ToolResult.Ok(task.Id);
    }
}
