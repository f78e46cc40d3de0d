namespace Sage.Agent.Context;

/// <summary>Who reads a system prompt.</summary>
internal enum PromptReader
{
    /// <summary>Who talks to the user.</summary>
    Agent,

    /// <summary>Who works for it, and starts no other.</summary>
    Subagent,
}
