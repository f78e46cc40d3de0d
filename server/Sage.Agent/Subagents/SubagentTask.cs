namespace Sage.Agent.Subagents;

/// <summary>What a call asks of a sub-agent.</summary>
/// <param name="Kind">The name of a kind.</param>
/// <param name="Words">The whole task: a sub-agent knows nothing else.</param>
public sealed record SubagentTask(string Kind, string Words);
