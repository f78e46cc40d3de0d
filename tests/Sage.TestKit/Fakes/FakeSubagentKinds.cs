using Sage.Agent.Subagents;
using Sage.Agent.Workspaces;

namespace Sage.TestKit.Fakes;

/// <summary>Kinds of sub-agents in memory.</summary>
public sealed class FakeSubagentKinds : ISubagentKinds
{
    public List<SubagentKind> All { get; } = [];

    public string UserFolder => "/home/agents";

    public SubagentKindSet Read(Workspace workspace) => new([.. All], []);

    public string? WorkspaceFolder(Workspace workspace) => null;
}
