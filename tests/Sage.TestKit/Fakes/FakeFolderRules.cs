using System.Collections.Immutable;
using Sage.Agent.Memory;
using Sage.Agent.Workspaces;

namespace Sage.TestKit.Fakes;

/// <summary>Rules in memory, which every path meets.</summary>
public sealed class FakeFolderRules : IFolderRules
{
    public ImmutableArray<FolderRules> All { get; set; } = [];

    public ImmutableArray<FolderRules> Find(Workspace workspace, IEnumerable<string> paths) => paths.Any() ? All : [];
}
