using Sage.Agent.EditorKnowledge;
using Sage.Agent.ToolCalls;
using Sage.Protocol.EditorKnowledge;

namespace Sage.Tools.Editor;

/// <summary>Tells type and documentation of a symbol, as the editor shows them under the mouse.</summary>
internal sealed class HoverTool(EditorAsking asking)
    : SymbolTool(asking, "hover", "Type and documentation of a symbol.", "Look up")
{
    protected override async Task<(SymbolMiss? Miss, ToolResult Result)> AskAsync(
        string path,
        SymbolInput input,
        ToolContext context,
        CancellationToken cancellationToken
    )
    {
        var request = new ReadHoverParams(path, input.Line, input.Symbol);
        var hover = await Editor.ReadHoverAsync(request, cancellationToken);
        return (
            hover.Miss,
            hover.Text.Length == 0
                ? ToolResult.Ok($"The editor knows nothing of `{input.Symbol}`.")
                : ToolResult.Ok("") with
                {
                    // Documentation of libraries is words of strangers; as much as a file of theirs would be.
                    Outside = new OutsideText(DiagnosticText.Source, hover.Text) { IsTrusted = true },
                }
        );
    }
}
