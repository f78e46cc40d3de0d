using System.Collections.Immutable;
using Sage.Agent.Extensions.Mcp;
using Sage.Agent.Workspaces;
using Sage.Protocol.Mcp;
using Sage.Protocol.Turns;

namespace Sage.TestKit.Fakes;

/// <summary>Resources of servers in memory, by the word that points at each.</summary>
public sealed class FakeResources : IResources
{
    public Dictionary<string, ResourcePart> All { get; } = [];

    public ImmutableArray<ResourceSummary> List(Workspace workspace) =>
        [.. All.Values.Select(static resource => new ResourceSummary(resource.Server, resource.Uri, resource.Uri))];

    public Task<ImmutableArray<InputPart>> ReadAsync(
        string words,
        Workspace workspace,
        CancellationToken cancellationToken
    ) =>
        Task.FromResult<ImmutableArray<InputPart>>([
            .. All.Where(known => words.Contains(known.Key, StringComparison.Ordinal)).Select(known => known.Value),
        ]);
}
