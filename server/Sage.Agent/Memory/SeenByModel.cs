using Sage.Agent.Context;
using Sage.Agent.EditorKnowledge;
using Sage.Agent.Sessions;
using Sage.Agent.ToolCalls;
using Sage.Agent.Workspaces;

namespace Sage.Agent.Memory;

/// <summary>What the model of a conversation has seen of the workspace.</summary>
internal sealed class SeenByModel(SessionParts parts, Workspace workspace, Conversation conversation)
{
    public ReadTracker Files { get; } = new();

    public FolderNews FolderNews { get; } = new(parts.FolderRules, workspace, conversation);

    public DiagnosticsNews Diagnostics { get; } = new(parts.Editor, workspace, parts.Time);
}
