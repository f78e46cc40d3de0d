using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Sage.Tools.Files;
using Sage.Tools.Text;

namespace Sage.Tools.Editing.Notebooks;

/// <summary>Replaces, inserts or deletes one cell; every other character of the notebook stays.</summary>
internal static class NotebookEdit
{
    /// <param name="shown">The file's name in errors.</param>
    /// <param name="text">Of the file, with LF.</param>
    /// <param name="input">What the model wants, checked for what it lacks.</param>
    public static EditOutcome Apply(string shown, string text, NotebookEditInput input)
    {
        if (!NotebookText.TryParse(text, out var notebook, out var problem))
        {
            return Failed($"{shown} {problem}.");
        }

        if (PlaceOf(notebook, input) is not { } index)
        {
            return Failed(NoSuchCell(shown, notebook, input));
        }

        if (input.Source is { } source && OmissionMark.FindNew(source, text) is { } mark)
        {
            return Failed($"`source` holds the placeholder “{mark}” instead of text. Write all of the cell.");
        }

        try
        {
            var result = Change(notebook, index, input);
            return result == text ? Failed($"{shown} already has exactly this cell.") : new EditOutcome(result, null);
        }
        catch (JsonException)
        {
            return Failed(
                $"The cell at index {index} of {shown} names a property twice. Mend that with edit_file first."
            );
        }

        EditOutcome Failed(string error) => new(text, error);
    }

    private static string Change(NotebookText notebook, int index, NotebookEditInput input)
    {
        switch (input.Mode)
        {
            case NotebookEditMode.Delete:
                return Delete(notebook, index);
            case NotebookEditMode.Insert:
                return Insert(notebook, index, NewCell(notebook, input));
            default:
                var (start, end, _) = notebook.Cells[index];
                var source = TextLines.WithLf(input.Source!);
                var cell = NotebookCellJson.Replaced(notebook.Text[start..end], notebook.Indent, input.Kind, source);
                return Splice(notebook.Text, start, end, cell);
        }
    }

    /// <summary>The cell, or for a new one the place where it will stand; null when there is none.</summary>
    private static int? PlaceOf(NotebookText notebook, NotebookEditInput input)
    {
        var cells = notebook.Cells;
        var isNew = input.Mode == NotebookEditMode.Insert;
        var last = isNew ? cells.Length : cells.Length - 1;
        if (input.CellId is not { } id)
        {
            var index = input.Index ?? last;
            return index >= 0 && index <= last ? index : null;
        }

        var found = cells.Select((cell, i) => (cell.Id, Index: i)).Where(cell => cell.Id == id).ToArray();
        return found is [var only] ? only.Index + (isNew ? 1 : 0) : null;
    }

    private static string NoSuchCell(string shown, NotebookText notebook, NotebookEditInput input)
    {
        var count = notebook.Cells.Length;
        var has = count switch
        {
            0 => "it has none",
            1 => "it has 1, at index 0",
            _ => $"it has {count}, at index 0 to {count - 1}",
        };
        return input.CellId is { } id
            ? notebook.Cells.Count(cell => cell.Id == id) > 1
                ? $"{shown} has more than one cell with the id {id}. Give `index`."
                : $"{shown} has no cell with the id {id}; {has}. Read it again, or give `index`."
            : $"{shown} has no cell at index {input.Index}; {has}.";
    }

    private static string NewCell(NotebookText notebook, NotebookEditInput input)
    {
        var source = TextLines.WithLf(input.Source!);
        return NotebookCellJson.New(
            notebook.Indent,
            input.Kind!.Value,
            source,
            notebook.HasIds ? NewId(notebook, source) : null
        );
    }

    /// <summary>Not by chance: what the user was shown is what is written.</summary>
    private static string NewId(NotebookText notebook, string source)
    {
        for (var attempt = 0; ; attempt++)
        {
            var seed = string.Create(CultureInfo.InvariantCulture, $"{attempt}\n{source}\n{notebook.Text}");
            var id = Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(seed)).AsSpan(0, 4));
            if (notebook.Cells.All(cell => cell.Id != id))
            {
                return id;
            }
        }
    }

    private static string Insert(NotebookText notebook, int index, string cell)
    {
        var (text, cells) = (notebook.Text, notebook.Cells);
        var line = notebook.Indent is { } indent ? $"\n{indent}" : "";
        if (cells.Length == 0)
        {
            var closing = line.Length > 0 ? line[..^((line.Length - 1) / 2)] : "";
            return Splice(text, notebook.List.Start, notebook.List.End, $"[{line}{cell}{closing}]");
        }

        var between = $",{(line.Length > 0 ? line : " ")}";
        return index < cells.Length
            ? text.Insert(cells[index].Start, cell + between)
            : text.Insert(cells[^1].End, between + cell);
    }

    private static string Delete(NotebookText notebook, int index)
    {
        var (text, cells) = (notebook.Text, notebook.Cells);
        return cells.Length == 1 ? Splice(text, notebook.List.Start, notebook.List.End, "[]")
            : index < cells.Length - 1 ? Splice(text, cells[index].Start, cells[index + 1].Start, "")
            : Splice(text, cells[index - 1].End, cells[index].End, "");
    }

    private static string Splice(string text, int start, int end, string piece) =>
        string.Concat(text.AsSpan(0, start), piece, text.AsSpan(end));
}
