using Sage.Agent.Commands;
using Sage.Agent.Workspaces;
using Sage.Extensibility.Commands;
using Sage.Protocol.Commands;

namespace Sage.Extensibility.Mcp.Prompts;

/// <summary>Commands in files, and the prompts of servers beside them.</summary>
internal sealed class AllCommands(CommandFiles files, McpPrompts prompts) : ICommands
{
    public ListCommandsResult List(Workspace workspace)
    {
        var listed = files.List(workspace);
        return listed with
        {
            Commands =
            [
                .. listed
                    .Commands.Concat(prompts.List(workspace))
                    .OrderBy(static command => command.Name, StringComparer.Ordinal),
            ],
        };
    }

    public CommandExpansion? Expand(Workspace workspace, string prompt) =>
        prompts.Expand(workspace, prompt) ?? files.Expand(workspace, prompt);
}
