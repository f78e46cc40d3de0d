using Sage.Agent.EditorKnowledge;
using Sage.Agent.ToolCalls;
using Sage.Protocol.EditorKnowledge;
using Sage.Tools.Schemas;

namespace Sage.Tools.Editor;

/// <summary>Tells type and documentation of a symbol, as the editor shows them under the mouse.</summary>
internal sealed class HoverTool(EditorAsking asking)
    : EditorTool<SymbolInput>(asking, Name, "Type and documentation of a symbol.", ToolInputJson.Default.SymbolInput)
{
    private const string Name = "hover";

    protected override Preparation PrepareCall(SymbolInput input, ToolContext context) =>
        SymbolPlace.Objection(input.Line, input.Symbol) is { } objection
            ? new Preparation.Rejected(objection)
            : Asking.OfFile(
                Name,
                shown => $"Look up {input.Symbol} ({shown}:{input.Line})",
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
        var hover = await Editor.ReadHoverAsync(new ReadHoverParams(path, line, symbol), cancellationToken);
        return hover.Miss is { } miss ? SymbolPlace.Missed(context.Workspace.Display(path), line, symbol, miss)
            : hover.Text.Length == 0 ? ToolResult.Ok($"The editor knows nothing of `{symbol}`.")
            : ToolResult.Ok("") with
            {
                // Documentation of libraries is words of strangers; as much as a file of theirs would be.
                Outside = new OutsideText(DiagnosticText.Source, hover.Text) { IsTrusted = true },
            };
    }
}
