using Sage.Agent.Context;
using Sage.Agent.ToolCalls;
using Sage.Agent.Workspaces;

namespace Sage.Agent.Memory;

/// <summary>What the model of a conversation has seen of the workspace.</summary>
internal sealed class SeenByModel(IFolderRules rules, Workspace workspace, Conversation conversation)
{
    public ReadTracker Files { get; } = new();

    public FolderNews FolderNews { get; } = new(rules, workspace, conversation);
}
