using Sage.Agent.ToolCalls;
using Sage.Protocol.EditorKnowledge;
using Sage.Tools.Schemas;

namespace Sage.Tools.Editor;

internal sealed record DocumentSymbolsInput(string Path);

/// <summary>Tells the outline of a file.</summary>
internal sealed class DocumentSymbolsTool(EditorAsking asking)
    : EditorTool<DocumentSymbolsInput>(
        asking,
        Name,
        "Outline of a file: its symbols with their lines.",
        ToolInputJson.Default.DocumentSymbolsInput
    )
{
    private const string Name = "document_symbols";
    private const int Most = 300;

    protected override Preparation PrepareCall(DocumentSymbolsInput input, ToolContext context) =>
        Asking.OfFile(
            Name,
            static shown => $"Outline {shown}",
            input.Path,
            context,
            async (path, token) =>
            {
                var found = await Editor.ListDocumentSymbolsAsync(new ListDocumentSymbolsParams(path, Most), token);
                return ToolResult.Ok(
                    found.Count == 0
                        ? $"The editor knows no symbols in {context.Workspace.Display(path)}."
                        : string.Join('\n', found.Symbols.Select(Line))
                            + LocationText.Rest(found.Symbols.Length, found.Count)
                );
            }
        );

    private static string Line(EditorSymbol symbol)
    {
        var lines = symbol.StartLine == symbol.EndLine ? $"{symbol.StartLine}" : $"{symbol.StartLine}-{symbol.EndLine}";
        return $"{new string(' ', symbol.Depth * 2)}{lines} {symbol.Kind} {symbol.Name}";
    }
}
