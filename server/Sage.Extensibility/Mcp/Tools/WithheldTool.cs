using System.Text.Json;
using Sage.Agent.ToolCalls;

namespace Sage.Extensibility.Mcp.Tools;

/// <summary>A tool that the user does not want used now. A model that remembers it, and calls it, is told so.</summary>
internal sealed class WithheldTool(McpTool tool, string why) : ITool
{
    public ToolDefinition Definition => tool.Definition;

    public Preparation Prepare(JsonElement input, ToolContext context) =>
        new Preparation.Rejected($"{why} Do it in another way, or tell the user what you would need it for.");
}
