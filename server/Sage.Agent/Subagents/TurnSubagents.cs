using System.Collections.Immutable;
using Sage.Agent.BackgroundWork;
using Sage.Agent.LanguageModels;
using Sage.Agent.Runtime;
using Sage.Agent.ToolCalls;
using Sage.Protocol;

namespace Sage.Agent.Subagents;

/// <summary>
/// Starts the sub-agents of one turn: those that a call waits for end with the turn at the latest, those in the background when the
/// turn is stopped, or with the session.
/// </summary>
/// <param name="around">The turn.</param>
internal sealed class TurnSubagents(TurnSurroundings around)
{
    private readonly HashSet<string> _told = new(StringComparer.Ordinal);
    private ImmutableArray<BackgroundTask> _beside = [];

    /// <summary>Those in the background that this turn has started.</summary>
    public ImmutableArray<BackgroundTask> Beside => _beside;

    /// <summary>Runs one inside a call, or starts one beside it.</summary>
    public async Task<ToolResult> RunAsync(Work call, SubagentTask task, CancellationToken cancellationToken)
    {
        if (Find(task.Kind, out var known) is not { } kind)
        {
            return ToolResult.Error($"There is no kind of sub-agent called {task.Kind}. There are: {known}.");
        }

        LanguageModel model;
        try
        {
            model = kind.Model is { } wanted
                ? await around.Parts.Models.ResolveAsync(wanted, cancellationToken)
                : around.Model;
        }
        catch (SageException error)
        {
            return ToolResult.Error($"{kind.Place} wants the model {kind.Model}: {error.Message}");
        }

        return task.InBackground
            ? await StartAsync(call, kind, model, task)
            : await RunAsync(call, kind, model, task, cancellationToken);
    }

    /// <summary>A request is made now: its model reads what has ended until then.</summary>
    public void Tell() => _told.UnionWith(_beside.Where(task => task.Ended.IsCompleted).Select(task => task.Id));

    /// <summary>Waits for all in the background whose end the model has not been told.</summary>
    /// <returns>False when there is none.</returns>
    public async Task<bool> WaitForNewsAsync(CancellationToken cancellationToken)
    {
        var untold = _beside.Where(task => !_told.Contains(task.Id)).Select(task => task.Ended).ToList();
        await Task.WhenAll(untold).WaitAsync(cancellationToken);
        return untold.Count > 0;
    }

    private SubagentKind? Find(string name, out string known)
    {
        var kinds = SubagentKind.BuiltIn.AddRange(around.Parts.SubagentKinds.Read(around.Workspace).Kinds);
        known = string.Join(", ", kinds.Select(kind => kind.Name));
        return kinds.FirstOrDefault(kind => kind.Name == name);
    }

    private async Task<ToolResult> RunAsync(
        Work call,
        SubagentKind kind,
        LanguageModel model,
        SubagentTask task,
        CancellationToken cancellationToken
    )
    {
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        using var running = around.Subagents.Add(call.CallId!, stop.Cancel);
        try
        {
            using var place = await around.Subagents.EnterAsync(stop.Token);
            using var subagent = new Subagent(kind, around, model, call, static _ => ValueTask.CompletedTask);
            running.Working = subagent;
            return await subagent.RunAsync(task.Words, stop.Token);
        }
        catch (OperationCanceledException) when (stop.IsCancellationRequested)
        {
            return ToolPipeline.Cancelled;
        }
    }

    private async Task<ToolResult> StartAsync(Work call, SubagentKind kind, LanguageModel model, SubagentTask task)
    {
        if (around.Background.Running.Count() >= BackgroundTasks.Limit)
        {
            return ToolResult.Error(
                $"{BackgroundTasks.Limit} tasks run in the background, which is the most. Wait for one, or stop one."
            );
        }

        var title = around.Parts.Secrets.Redact(task.Title);
        BackgroundSubagent? beside = null;
        var added = await around.Background.AddAsync(
            call.CallId!,
            title,
            shown => beside = new BackgroundSubagent(kind, around, model, shown)
        );
        ImmutableInterlocked.Update(ref _beside, static (all, one) => all.Add(one), added);
        beside!.Start(task.Words, added);
        return ToolResult.Ok(
            $"Works in the background as {added.Id}. You will be told its result when it has ended; command_output says how far it is, "
                + "stop_command ends it."
        );
    }
}
