using Sage.Agent.ToolCalls;
using Sage.Agent.Workspaces;
using Sage.Protocol.EditorKnowledge;
using Sage.Tools.Schemas;

namespace Sage.Tools.Editor;

internal sealed record WorkspaceSymbolsInput(string Query);

/// <summary>Finds symbols of the workspace by name.</summary>
internal sealed class WorkspaceSymbolsTool(EditorAsking asking)
    : EditorTool<WorkspaceSymbolsInput>(
        asking,
        Name,
        "Find symbols of the workspace by name.",
        ToolInputJson.Default.WorkspaceSymbolsInput
    )
{
    private const string Name = "workspace_symbols";
    private const int Most = 100;

    protected override Preparation PrepareCall(WorkspaceSymbolsInput input, ToolContext context) =>
        string.IsNullOrWhiteSpace(input.Query)
            ? new Preparation.Rejected("`query` is empty: give a name, or the beginning of one.")
            : EditorAsking.OfWorkspace(
                Name,
                $"Find symbols named {input.Query}",
                context,
                async token =>
                {
                    var root = context.Workspace.Root;
                    var query = new FindWorkspaceSymbolsParams(root, input.Query, Most);
                    var found = await Editor.FindWorkspaceSymbolsAsync(query, token);
                    return ToolResult.Ok(
                        found.Count == 0
                            ? $"The editor knows no symbol like `{input.Query}`. Some language servers answer only when a file of theirs is open."
                            : string.Join('\n', found.Symbols.Select(symbol => Line(symbol, context.Workspace)))
                                + LocationText.Rest(found.Symbols.Length, found.Count)
                    );
                }
            );

    private static string Line(EditorSymbol symbol, Workspace workspace)
    {
        var container = symbol.Container is { Length: > 0 } inside ? $" in {inside}" : "";
        return $"{workspace.Display(symbol.Path)}:{symbol.StartLine} {symbol.Kind} {symbol.Name}{container}";
    }
}
