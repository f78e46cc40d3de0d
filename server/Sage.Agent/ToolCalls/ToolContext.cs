using Sage.Agent.BackgroundWork;
using Sage.Agent.EditorKnowledge;
using Sage.Agent.Extensions;
using Sage.Agent.LanguageModels;
using Sage.Agent.Memory;
using Sage.Agent.Permissions;
using Sage.Agent.Plans;
using Sage.Agent.Secrets;
using Sage.Agent.Subagents;
using Sage.Agent.Workspaces;
using Sage.Protocol.Turns;

namespace Sage.Agent.ToolCalls;

/// <summary>Where a call runs and whom it can talk to.</summary>
/// <param name="SessionId">The session.</param>
/// <param name="CallId">The call.</param>
/// <param name="Workspace">Where it works.</param>
/// <param name="Reads">What the session has read, shared by all its calls.</param>
/// <param name="Client">The front end, for questions.</param>
/// <param name="Output">Live output for people; thread-safe, never blocks for long, cheap to call often.</param>
public sealed record ToolContext(
    string SessionId,
    string CallId,
    Workspace Workspace,
    ReadTracker Reads,
    IClient Client,
    Func<string, ValueTask> Output
)
{
    /// <summary>For the proof of stop: a tool that is cancelled tells each process or request it ended, and how. Thread-safe.</summary>
    public Action<StoppedWork> ReportStopped { get; init; } = static _ => { };

    /// <summary>Shows a process among what runs, until the result is disposed.</summary>
    public Func<int, string, IDisposable> StartProcess { get; init; } =
        static (_, _) => new CancellationTokenRegistration();

    /// <summary>The second Stop: what was told to end, and does not, has to be killed. Comes after the call's own cancellation.</summary>
    public CancellationToken Kill { get; init; }

    /// <summary>How far the call was let. Set before it runs.</summary>
    public CallConsent Consent { get; set; } = CallConsent.Default;

    /// <summary>What must not be shown; for tools whose live output comes in pieces of anything but whole words.</summary>
    public SecretRedaction Secrets { get; init; } = new();

    /// <summary>What runs on when a call has its result; the session's.</summary>
    public BackgroundTasks Background { get; init; } = BackgroundTasks.Unrecorded();

    /// <summary>Which rules of folders the model has been told; null where nobody tells it any.</summary>
    internal FolderNews? FolderNews { get; init; }

    /// <summary>What the model is told of problems that its changes make; null where nobody tells it any.</summary>
    internal DiagnosticsNews? Diagnostics { get; init; }

    /// <summary>To be called before a call changes files, so that what the editor reports afterwards can be told from what was before.</summary>
    public Task BeforeChangeAsync(IEnumerable<string> realPaths, CancellationToken cancellationToken) =>
        Diagnostics?.BeforeAsync(realPaths, cancellationToken) ?? Task.CompletedTask;

    /// <summary>Lets a sub-agent work inside the call.</summary>
    public Func<SubagentTask, CancellationToken, Task<ToolResult>> RunSubagent { get; init; } = RefuseSubagent;

    /// <summary>Puts a plan, as Markdown, before the user.</summary>
    public Func<string, CancellationToken, Task<PlanReview>> ReviewPlan { get; init; } = RefusePlan;

    /// <summary>Has a cheap model asked, at the cost of the turn.</summary>
    public Func<SideQuestion, CancellationToken, Task<SideAnswer>> AskBeside { get; init; } =
        static (_, _) => Task.FromResult<SideAnswer>(new SideAnswer.None("No model can be asked here."));

    /// <summary>The same for a call of a sub-agent.</summary>
    /// <param name="seen">What that has read, and been told.</param>
    /// <param name="askBeside">Has a model asked at the cost of the sub-agent.</param>
    internal ToolContext ForSubagent(
        SeenByModel seen,
        Func<SideQuestion, CancellationToken, Task<SideAnswer>> askBeside
    ) =>
        this with
        {
            AskBeside = askBeside,
            Reads = seen.Files,
            FolderNews = seen.FolderNews,
            Diagnostics = seen.Diagnostics,
            // What is shown of it is its calls and their results.
            Output = static _ => ValueTask.CompletedTask,
            RunSubagent = RefuseSubagent,
            ReviewPlan = RefusePlan,
        };

    private static Task<PlanReview> RefusePlan(string plan, CancellationToken cancellationToken) =>
        Task.FromResult<PlanReview>(new PlanReview.Refused("No plan can be proposed here."));

    private static Task<ToolResult> RefuseSubagent(SubagentTask task, CancellationToken cancellationToken) =>
        Task.FromResult(ToolResult.Error("No sub-agent can be started here."));
}
