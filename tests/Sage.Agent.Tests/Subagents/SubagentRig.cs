using System.Runtime.CompilerServices;
using Microsoft.Extensions.AI;
using Sage.Agent.LanguageModels;
using Sage.Agent.Permissions;
using Sage.Agent.Sessions;
using Sage.Agent.Subagents;
using Sage.Agent.ToolCalls;
using Sage.Protocol.Events;
using Sage.TestKit.Agents;

namespace Sage.Agent.Tests.Subagents;

/// <summary>An agent that can start sub-agents, whose model answers each of them by its task.</summary>
internal sealed class SubagentRig : IAsyncDisposable
{
    private readonly Dictionary<string, Func<int, CancellationToken, Task<AIContent[]>>> _answers = new(
        StringComparer.Ordinal
    );

    public SubagentRig()
    {
        Agent.Tools.Add(
            new FunctionTool(
                "run_subagent",
                (input, context, token) =>
                    context.RunSubagent(
                        new SubagentTask(input.GetProperty("kind").GetString()!, input.GetProperty("task").GetString()!)
                        {
                            InBackground = input.GetProperty("background").GetBoolean(),
                        },
                        token
                    )
            )
            {
                Definition = new ToolDefinition(
                    "run_subagent",
                    "A tool for tests.",
                    System.Text.Json.JsonElement.Parse("""{"type":"object"}"""),
                    Timeout.InfiniteTimeSpan,
                    20_000
                ),
            }
        );
        Agent.Tools.Add(FunctionTool.Answering("read_file", input => $"read {input}"));
        Agent.Tools.Add(
            new FunctionTool("edit", (_, context, _) => Task.FromResult(Edited(context.CallId)))
            {
                Kind = PermissionKind.Edit,
                Access = _ => ResourceAccess.Write("/a"),
            }
        );
        Agent.Model.Answer = (request, token) => IsSubagent(request) ? AnswerAsync(request, token) : null;
    }

    public AgentRig Agent { get; } = new();

    public IReadOnlyList<ToolCallEnded> Results => [.. Agent.Client.Of<ToolCallEnded>()];

    /// <summary>What happened inside the sub-agent of a call.</summary>
    public IEnumerable<T> Inside<T>(string callId)
        where T : SessionEvent =>
        Agent.Client.Of<SubagentEvent>().Where(e => e.CallId == callId).Select(e => e.Event).OfType<T>();

    public static ToolCallReady Start(string id, string task, string kind = "general") =>
        ScriptedChatClient.Call(
            id,
            "run_subagent",
            new
            {
                task,
                kind,
                background = false,
            }
        );

    public static ToolCallReady StartBeside(string id, string task, string kind = "general") =>
        ScriptedChatClient.Call(
            id,
            "run_subagent",
            new
            {
                task,
                kind,
                background = true,
            }
        );

    /// <summary>Completes when a background task of the session has its end in the journal.</summary>
    public static Task EndOfAsync(Session session, string taskId) => session.Background.Find(taskId)!.Ended;

    /// <summary>What the sub-agent with this task answers to its requests, counted from 0.</summary>
    public SubagentRig When(string task, Func<int, AIContent[]> answer) =>
        When(task, (n, _) => Task.FromResult(answer(n)));

    public SubagentRig When(string task, Func<int, CancellationToken, Task<AIContent[]>> answer)
    {
        _answers[task] = answer;
        return this;
    }

    public static bool IsSubagent(IReadOnlyList<ChatMessage> request) =>
        request[0].Text.Contains("# You are a sub-agent", StringComparison.Ordinal);

    public ValueTask DisposeAsync() => Agent.DisposeAsync();

    private static ToolResult Edited(string callId) =>
        ToolResult.Ok("edited") with
        {
            Events = [new FileChanged(callId, "a", FileChangeKind.Modified, [])],
        };

    private async IAsyncEnumerable<ChatResponseUpdate> AnswerAsync(
        IReadOnlyList<ChatMessage> request,
        [EnumeratorCancellation] CancellationToken cancellationToken
    )
    {
        var replies = request.Count(message => message.Role == ChatRole.Assistant);
        var contents = await _answers[request[1].Text](replies, cancellationToken);
        await foreach (var update in ScriptedChatClient.PlayAsync(contents, finish: null, cancellationToken))
        {
            yield return update;
        }
    }
}
