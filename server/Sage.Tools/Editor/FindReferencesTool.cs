using Sage.Agent.ToolCalls;
using Sage.Protocol.EditorKnowledge;

namespace Sage.Tools.Editor;

/// <summary>Finds every use of a symbol, as the language server knows it.</summary>
internal sealed class FindReferencesTool(EditorAsking asking)
    : SymbolTool(asking, "find_references", "Every use of a symbol, from the language server.", "Find references to")
{
    private const int Most = 100;

    protected override async Task<(SymbolMiss? Miss, ToolResult Result)> AskAsync(
        string path,
        SymbolInput input,
        ToolContext context,
        CancellationToken cancellationToken
    )
    {
        var request = new FindReferencesParams(path, input.Line, input.Symbol, Most);
        var found = await Editor.FindReferencesAsync(request, cancellationToken);
        if (found.Count == 0)
        {
            return (found.Miss, ToolResult.Ok($"The editor knows no references to `{input.Symbol}`."));
        }

        var files = found.Locations.Select(static location => location.Path).Distinct(StringComparer.Ordinal).Count();
        var first = found.Locations.Length < found.Count ? "the first " : "";
        return (
            found.Miss,
            ToolResult.Ok(
                $"{LocationText.Count(found.Count, "reference")} to `{input.Symbol}`, {first}in {LocationText.Count(files, "file")}:"
                    + LocationText.Of(found, context.Workspace, Asking.HiddenIn(context.Workspace))
                    + LocationText.Rest(found.Locations.Length, found.Count)
            )
        );
    }
}
