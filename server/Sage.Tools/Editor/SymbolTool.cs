using Sage.Agent.ToolCalls;
using Sage.Protocol.EditorKnowledge;
using Sage.Tools.Schemas;

namespace Sage.Tools.Editor;

/// <summary>A question about an identifier on a line of a file.</summary>
/// <param name="asking">Asks the editor.</param>
/// <param name="name">The tool's.</param>
/// <param name="description">For the model.</param>
/// <param name="title">What is done, for people; the symbol follows.</param>
internal abstract class SymbolTool(EditorAsking asking, string name, string description, string title)
    : EditorTool<SymbolInput>(asking, name, description, ToolInputJson.Default.SymbolInput)
{
    protected sealed override Preparation PrepareCall(SymbolInput input, ToolContext context) =>
        SymbolPlace.Objection(input.Line, input.Symbol) is { } objection
            ? new Preparation.Rejected(objection)
            : Asking.OfFile(
                Definition.Name,
                shown => $"{title} {input.Symbol} ({shown}:{input.Line})",
                input.Path,
                context,
                async (path, token) =>
                {
                    var (miss, result) = await AskAsync(path, input, context, token);
                    return miss is null
                        ? result
                        : SymbolPlace.Missed(context.Workspace.Display(path), input.Line, input.Symbol, miss);
                }
            );

    /// <param name="path">The real path of the file.</param>
    /// <param name="input">What is asked for.</param>
    /// <param name="context">The call.</param>
    /// <param name="cancellationToken">Ends the call.</param>
    /// <returns>That the symbol is not on that line, or else the result.</returns>
    protected abstract Task<(SymbolMiss? Miss, ToolResult Result)> AskAsync(
        string path,
        SymbolInput input,
        ToolContext context,
        CancellationToken cancellationToken
    );
}
