using Sage.Agent.BackgroundWork;
using Sage.Agent.Commands;
using Sage.Agent.Hooks;
using Sage.Agent.LanguageModels;
using Sage.Agent.Permissions;
using Sage.Agent.Runtime;
using Sage.Agent.Sessions;
using Sage.Agent.ToolCalls;
using Sage.Agent.ToolCalls.Late;
using Sage.Agent.Turns;
using Sage.Agent.Workspaces;

namespace Sage.Agent.Subagents;

/// <summary>What the sub-agents of a turn have from it.</summary>
/// <param name="SessionId">Whose turn it is.</param>
/// <param name="Workspace">Where all of them work.</param>
/// <param name="Parts">What every session shares.</param>
/// <param name="Recorder">Takes in what happens inside them.</param>
/// <param name="Gate">They may nothing that it does not let.</param>
/// <param name="Hooks">They hold for sub-agents, too.</param>
/// <param name="Tools">What they may have.</param>
/// <param name="Pipeline">Runs their calls; not the turn's own, whose places the calls that wait for them hold.</param>
/// <param name="Commands">For the words of the user.</param>
/// <param name="Budget">What they spend is the turn's.</param>
/// <param name="Model">Who answers.</param>
/// <param name="ContextOf">Where a call runs.</param>
/// <param name="Subagents">All of the session.</param>
/// <param name="Background">Holds those that nobody waits for.</param>
/// <param name="Stopped">The turn is stopped, and with it what it has started.</param>
internal sealed record TurnSurroundings(
    string SessionId,
    Workspace Workspace,
    SessionParts Parts,
    SessionRecorder Recorder,
    PermissionGate Gate,
    SessionHooks Hooks,
    SessionTools Tools,
    ToolPipeline Pipeline,
    PromptCommands Commands,
    TurnBudget Budget,
    LanguageModel Model,
    Func<Work, ToolContext> ContextOf,
    SessionSubagents Subagents,
    BackgroundTasks Background,
    CancellationToken Stopped
)
{
    /// <summary>What the agent had read from outside when it started one; null while what it has read by now counts.</summary>
    public Func<PermissionKey, string?>? SourceAround { get; init; }
}
