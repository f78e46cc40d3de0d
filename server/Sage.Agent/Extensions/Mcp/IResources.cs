using System.Collections.Immutable;
using Sage.Agent.Workspaces;
using Sage.Protocol.Mcp;
using Sage.Protocol.Turns;

namespace Sage.Agent.Extensions.Mcp;

/// <summary>What MCP servers have to read, for prompts to point at with <c>@server:uri</c>. Port: implemented in Sage.Extensibility.</summary>
public interface IResources
{
    /// <summary>What the servers that run offer now. Never waits, never throws.</summary>
    ImmutableArray<ResourceSummary> List(Workspace workspace);

    /// <summary>
    /// Reads what words point at: a <see cref="ResourcePart"/> each, and an <see cref="ImagePart"/> for a picture. What cannot be
    /// read says so in its text. Takes seconds at most; never throws but for the token.
    /// </summary>
    Task<ImmutableArray<InputPart>> ReadAsync(string words, Workspace workspace, CancellationToken cancellationToken);
}

/// <summary>For words that are nobody's who could point at anything.</summary>
public sealed class NoResources : IResources
{
    public ImmutableArray<ResourceSummary> List(Workspace workspace) => [];

    public Task<ImmutableArray<InputPart>> ReadAsync(
        string words,
        Workspace workspace,
        CancellationToken cancellationToken
    ) => Task.FromResult(ImmutableArray<InputPart>.Empty);
}
