using System.Collections.Immutable;
using Sage.Agent.ToolCalls;
using Sage.Agent.Workspaces;

namespace Sage.Agent.Extensions;

/// <summary>Tools that come and go while a session runs: those of MCP servers. Port: implemented in Sage.Extensibility.</summary>
public interface IToolSource
{
    /// <summary>
    /// What there is now. Asked before each model request, so it costs a look at a few files at most: what has to be started is
    /// started in the background and joins later. Never waits, never throws.
    /// </summary>
    LateTools Read(Workspace workspace);
}

/// <param name="Tools">Ordered by what does not depend on when they came.</param>
/// <param name="Problems">What does not work and what to do about it, for the user.</param>
/// <param name="MostTokens">When all of them together cost more, they are found by searching instead of being offered.</param>
public sealed record LateTools(ImmutableArray<ITool> Tools, ImmutableArray<string> Problems, int MostTokens)
{
    /// <summary>Neither offered nor found: a call of one, by a model that remembers it, is told why.</summary>
    public ImmutableArray<ITool> Withheld { get; init; } = [];

    public static LateTools None { get; } = new([], [], int.MaxValue);
}
