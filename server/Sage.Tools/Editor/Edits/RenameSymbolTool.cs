using System.ComponentModel;
using Sage.Agent.ToolCalls;
using Sage.Protocol.EditorKnowledge;
using Sage.Tools.Schemas;

namespace Sage.Tools.Editor.Edits;

internal sealed record RenameSymbolInput(
    string Path,
    int Line,
    [property: Description("Identifier on that line.")] string Symbol,
    string NewName
);

/// <summary>Renames a symbol wherever the language server knows it to be used.</summary>
internal sealed class RenameSymbolTool(EditorAsking asking, EditorChange change)
    : EditorTool<RenameSymbolInput>(
        asking,
        Name,
        "Rename a symbol everywhere, by the language server.",
        ToolInputJson.Default.RenameSymbolInput
    )
{
    private const string Name = "rename_symbol";

    protected override Preparation PrepareCall(RenameSymbolInput input, ToolContext context) =>
        SymbolPlace.Objection(input.Line, input.Symbol) is { } objection ? new Preparation.Rejected(objection)
        : string.IsNullOrWhiteSpace(input.NewName) ? new Preparation.Rejected("`new_name` is empty.")
        : input.NewName == input.Symbol
            ? new Preparation.Rejected("`symbol` and `new_name` are the same, so nothing would change.")
        : change.Prepare(
            Name,
            shown => $"Rename {input.Symbol} to {input.NewName} ({shown}:{input.Line})",
            input.Path,
            context,
            (path, token) => FindAsync(path, input, context, token)
        );

    private async Task<FoundEdit> FindAsync(
        string path,
        RenameSymbolInput input,
        ToolContext context,
        CancellationToken cancellationToken
    )
    {
        var shown = context.Workspace.Display(path);
        var answer = await Editor.RenameSymbolAsync(
            new RenameSymbolParams(path, input.Line, input.Symbol, input.NewName),
            cancellationToken
        );
        if (answer.Miss is { } miss)
        {
            return FoundEdit.Failed(SymbolPlace.Missed(shown, input.Line, input.Symbol, miss).Text);
        }

        if (answer.Edit is not { } edit)
        {
            var why = answer.Refusal is { } words ? $": {words}" : "; no language server of the editor can.";
            return FoundEdit.Failed($"`{input.Symbol}` cannot be renamed{why}");
        }

        return Stray(edit, input.Symbol) is var (file, line)
            ? FoundEdit.Failed(
                $"The language server's edit of {context.Workspace.Display(file)}, line {line}, is not about `{input.Symbol}`: it may not have seen the latest change yet. Nothing was changed. Try again."
            )
            : FoundEdit.Of(edit, $"Renaming `{input.Symbol}`");
    }

    /// <summary>An edit that would replace something else: only a server with an old text of the file makes one.</summary>
    private static (string File, int Line)? Stray(EditorEdit edit, string symbol)
    {
        foreach (var (path, edits) in edit.Files)
        {
            foreach (var change in edits)
            {
                var isAboutIt =
                    change.OldText.Contains(symbol, StringComparison.OrdinalIgnoreCase)
                    || symbol.Contains(change.OldText, StringComparison.OrdinalIgnoreCase);
                if (!isAboutIt)
                {
                    return (path, change.StartLine);
                }
            }
        }

        return null;
    }
}
