using System.ComponentModel;
using System.Text.Json.Serialization;
using Sage.Agent.ToolCalls;
using Sage.Protocol.Json;
using Sage.Tools.Editing.Notebooks;
using Sage.Tools.Schemas;

namespace Sage.Tools.Files;

[JsonConverter(typeof(SnakeCaseEnumConverter<NotebookEditMode>))]
internal enum NotebookEditMode
{
    Replace,
    Insert,
    Delete,
}

[JsonConverter(typeof(SnakeCaseEnumConverter<NotebookCellKind>))]
internal enum NotebookCellKind
{
    Code,
    Markdown,
}

internal sealed record NotebookEditInput(
    string Path,
    NotebookEditMode Mode,
    [property: Description("For insert the cell before it.")] string? CellId = null,
    [property: Description("From 0, in place of cell_id.")] int? Index = null,
    NotebookCellKind? Kind = null,
    string? Source = null
);

/// <summary>Changes one cell of a Jupyter notebook, and nothing else in its file.</summary>
internal sealed class NotebookEditTool(FileRewriter rewriter)
    : Tool<NotebookEditInput>(
        Name,
        "Replace, insert or delete a cell of an .ipynb file. What is replaced loses its outputs.",
        ToolInputJson.Default.NotebookEditInput,
        TimeSpan.FromSeconds(60)
    )
{
    private const string Name = "notebook_edit";

    protected override Preparation PrepareCall(NotebookEditInput input, ToolContext context) =>
        Objection(input) is { } objection
            ? new Preparation.Rejected(objection)
            : rewriter.Prepare(
                Name,
                "Edit",
                input.Path,
                context,
                (shown, content) =>
                    FileText.Rewrite(shown, content, context.Reads, text => NotebookEdit.Apply(shown, text, input))
            );

    private static string? Objection(NotebookEditInput input) =>
        !input.Path.EndsWith(".ipynb", StringComparison.OrdinalIgnoreCase)
            ? $"{input.Path} is not a notebook (.ipynb). Use edit_file."
        : input is { CellId: not null, Index: not null } ? "Give `cell_id` or `index`, not both."
        : input is { CellId: null, Index: null, Mode: not NotebookEditMode.Insert }
            ? "Say which cell: give its `cell_id`, or its `index` from 0."
        : input is { Source: null, Mode: not NotebookEditMode.Delete }
            ? "`source` is missing: give all of the cell's text."
        : input is { Kind: null, Mode: NotebookEditMode.Insert } ? "`kind` is missing: `code` or `markdown`."
        : null;
}
