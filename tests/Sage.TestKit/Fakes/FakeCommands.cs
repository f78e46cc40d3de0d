using Sage.Agent.Commands;
using Sage.Agent.Workspaces;
using Sage.Protocol.Commands;

namespace Sage.TestKit.Fakes;

/// <summary>Commands in memory, by the whole prompt that asks for each.</summary>
public sealed class FakeCommands : ICommands
{
    public Dictionary<string, CommandExpansion> All { get; } = [];

    public ListCommandsResult List(Workspace workspace) => new([], []);

    public CommandExpansion? Expand(Workspace workspace, string prompt) => All.GetValueOrDefault(prompt);
}
