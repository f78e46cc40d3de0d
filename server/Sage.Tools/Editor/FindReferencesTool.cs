using Sage.Agent.ToolCalls;
using Sage.Protocol.EditorKnowledge;
using Sage.Tools.Schemas;

namespace Sage.Tools.Editor;

/// <summary>Finds every use of a symbol, as the language server knows it.</summary>
internal sealed class FindReferencesTool(EditorAsking asking)
    : EditorTool<SymbolInput>(
        asking,
        Name,
        "Every use of a symbol, from the language server.",
        ToolInputJson.Default.SymbolInput
    )
{
    private const string Name = "find_references";
    private const int Most = 100;

    protected override Preparation PrepareCall(SymbolInput input, ToolContext context) =>
        SymbolPlace.Objection(input.Line, input.Symbol) is { } objection
            ? new Preparation.Rejected(objection)
            : Asking.OfFile(
                Name,
                shown => $"Find references to {input.Symbol} ({shown}:{input.Line})",
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
        var found = await Editor.FindReferencesAsync(
            new FindReferencesParams(path, line, symbol, Most),
            cancellationToken
        );
        if (found.Miss is { } miss)
        {
            return SymbolPlace.Missed(context.Workspace.Display(path), line, symbol, miss);
        }

        var files = found.Locations.Select(static location => location.Path).Distinct(StringComparer.Ordinal).Count();
        return found.Count == 0
            ? ToolResult.Ok($"The editor knows no references to `{symbol}`.")
            : ToolResult.Ok(
                $"{LocationText.Count(found.Count, "reference")} to `{symbol}`, {(found.Locations.Length < found.Count ? "the first " : "")}in {LocationText.Count(files, "file")}:"
                    + LocationText.Of(found, context.Workspace, Asking.HiddenIn(context.Workspace))
                    + LocationText.Rest(found.Locations.Length, found.Count)
            );
    }
}
