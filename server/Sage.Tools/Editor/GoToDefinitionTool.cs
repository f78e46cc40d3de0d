using Sage.Agent.ToolCalls;
using Sage.Protocol.EditorKnowledge;
using Sage.Tools.Schemas;

namespace Sage.Tools.Editor;

/// <summary>Finds where a symbol is defined, as the language server knows it.</summary>
internal sealed class GoToDefinitionTool(EditorAsking asking)
    : EditorTool<SymbolInput>(asking, Name, "Where a symbol is defined.", ToolInputJson.Default.SymbolInput)
{
    private const string Name = "go_to_definition";
    private const int Most = 20;

    protected override Preparation PrepareCall(SymbolInput input, ToolContext context) =>
        SymbolPlace.Objection(input.Line, input.Symbol) is { } objection
            ? new Preparation.Rejected(objection)
            : Asking.OfFile(
                Name,
                shown => $"Find the definition of {input.Symbol} ({shown}:{input.Line})",
                input.Path,
                context,
                (path, token) => RunAsync(path, input, context, token)
            );

    private async Task<ToolResult> RunAsync(
        string path,
        SymbolInput input,
        ToolContext context,
        CancellationToken cancellationToken
    )
    {
        var (line, symbol) = (input.Line, input.Symbol);
        var found = await Editor.FindDefinitionsAsync(
            new FindDefinitionsParams(path, line, symbol, Most),
            cancellationToken
        );
        return found.Miss is { } miss ? SymbolPlace.Missed(context.Workspace.Display(path), line, symbol, miss)
            : found.Count == 0 ? ToolResult.Ok($"The editor knows no definition of `{symbol}`.")
            : ToolResult.Ok(
                $"`{symbol}` is defined in:"
                    + LocationText.Of(found, context.Workspace, Asking.HiddenIn(context.Workspace))
                    + LocationText.Rest(found.Locations.Length, found.Count)
            );
    }
}
