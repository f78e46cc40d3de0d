using Sage.Agent.ToolCalls;
using Sage.Protocol.EditorKnowledge;

namespace Sage.Tools.Editor;

/// <summary>Finds where a symbol is defined, as the language server knows it.</summary>
internal sealed class GoToDefinitionTool(EditorAsking asking)
    : SymbolTool(asking, "go_to_definition", "Where a symbol is defined.", "Find the definition of")
{
    private const int Most = 20;

    protected override async Task<(SymbolMiss? Miss, ToolResult Result)> AskAsync(
        string path,
        SymbolInput input,
        ToolContext context,
        CancellationToken cancellationToken
    )
    {
        var request = new FindDefinitionsParams(path, input.Line, input.Symbol, Most);
        var found = await Editor.FindDefinitionsAsync(request, cancellationToken);
        return (
            found.Miss,
            ToolResult.Ok(
                found.Count == 0
                    ? $"The editor knows no definition of `{input.Symbol}`."
                    : $"`{input.Symbol}` is defined in:"
                        + LocationText.Of(found, context.Workspace, Asking.HiddenIn(context.Workspace))
                        + LocationText.Rest(found.Locations.Length, found.Count)
            )
        );
    }
}
