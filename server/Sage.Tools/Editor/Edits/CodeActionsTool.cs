using System.ComponentModel;
using Sage.Agent.ToolCalls;
using Sage.Protocol.EditorKnowledge;
using Sage.Tools.Schemas;

namespace Sage.Tools.Editor.Edits;

internal sealed record CodeActionsInput(
    string Path,
    int StartLine,
    int EndLine,
    [property: Description("Applies the action of this title.")] string? Title = null
);

/// <summary>Lists what the light bulb offers for some lines, and applies one of it.</summary>
internal sealed class CodeActionsTool(EditorAsking asking, EditorChange change)
    : EditorTool<CodeActionsInput>(
        asking,
        Name,
        "Quick fixes and refactorings for lines: lists them, or applies one.",
        ToolInputJson.Default.CodeActionsInput
    )
{
    private const string Name = "code_actions";
    private const int Most = 50;

    protected override Preparation PrepareCall(CodeActionsInput input, ToolContext context) =>
        input.StartLine < 1 || input.EndLine < input.StartLine
            ? new Preparation.Rejected("`start_line` must be at least 1 and `end_line` not smaller than it.")
        : string.IsNullOrEmpty(input.Title)
            ? Asking.OfFile(
                Name,
                shown => $"List code actions for {Lines(shown, input)}",
                input.Path,
                context,
                async (path, token) =>
                    List(await AskAsync(path, input, title: null, token), Lines(context.Workspace.Display(path), input))
            )
        : change.Prepare(
            Name,
            shown => $"Apply “{input.Title}” to {Lines(shown, input)}",
            input.Path,
            context,
            async (path, token) => Found(await AskAsync(path, input, input.Title, token), input.Title)
        );

    private Task<ListCodeActionsResult> AskAsync(
        string path,
        CodeActionsInput input,
        string? title,
        CancellationToken cancellationToken
    ) =>
        Editor.ListCodeActionsAsync(
            new ListCodeActionsParams(path, input.StartLine, input.EndLine, title),
            cancellationToken
        );

    private static ToolResult List(ListCodeActionsResult found, string where) =>
        ToolResult.Ok(
            found.Actions.IsEmpty
                ? $"The editor offers no code actions for {where}."
                : string.Join('\n', found.Actions.Take(Most).Select(Line))
                    + LocationText.Rest(Math.Min(Most, found.Actions.Length), found.Actions.Length)
        );

    private static FoundEdit Found(ListCodeActionsResult found, string title)
    {
        if (found.Edit is { } edit)
        {
            return FoundEdit.Of(edit, $"“{title}”");
        }

        var action = found.Actions.FirstOrDefault(action => action.Title == title);
        var others = string.Join('\n', found.Actions.Take(Most).Select(Line));
        return FoundEdit.Failed(
            action is not null ? $"“{title}” cannot be applied: {action.Obstacle ?? "it changes nothing by itself"}."
            : found.Actions.IsEmpty ? "The editor offers no code actions for these lines."
            : $"There is no code action titled “{title}” for these lines. There are:\n{others}"
        );
    }

    private static string Line(EditorCodeAction action)
    {
        var kind = action.Kind is { Length: > 0 } given ? $" ({given}{(action.IsPreferred ? ", preferred" : "")})" : "";
        var obstacle = action.Obstacle is { } why ? $" [cannot be applied: {why}]" : "";
        return $"- {OutsideText.Visible(action.Title)}{kind}{obstacle}";
    }

    private static string Lines(string shown, CodeActionsInput input) =>
        input.StartLine == input.EndLine ? $"{shown}:{input.StartLine}" : $"{shown}:{input.StartLine}-{input.EndLine}";
}
