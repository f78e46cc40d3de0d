using System.Buffers;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using Sage.Tools.Files;
using Sage.Tools.Text;

namespace Sage.Tools.Editing.Notebooks;

/// <summary>Writes a cell the way Jupyter does, indented as its neighbours are.</summary>
internal static class NotebookCellJson
{
    private static readonly JsonDocumentOptions Strict = new() { AllowDuplicateProperties = false };

    /// <param name="indent">Of the cell's line; null for all on one.</param>
    /// <param name="source">With LF.</param>
    /// <param name="id">Null where the notebook's cells have none.</param>
    public static string New(string? indent, NotebookCellKind kind, string source, string? id)
    {
        var cell = new JsonObject { ["cell_type"] = Word(kind) };
        if (kind == NotebookCellKind.Code)
        {
            cell["execution_count"] = null;
        }

        if (id is not null)
        {
            cell["id"] = id;
        }

        cell["metadata"] = new JsonObject();
        if (kind == NotebookCellKind.Code)
        {
            cell["outputs"] = new JsonArray();
        }

        cell["source"] = Lines(source);
        return Write(cell, indent);
    }

    /// <summary>The cell with another text. What it said when it ran is not what it would say now, and goes.</summary>
    /// <param name="json">The cell as it stands.</param>
    /// <exception cref="JsonException">It names a property twice.</exception>
    public static string Replaced(string json, string? indent, NotebookCellKind? kind, string source)
    {
        var cell = JsonNode.Parse(json, documentOptions: Strict)!.AsObject();
        var (old, isText) = SourceOf(cell);
        var type = kind is { } wanted ? Word(wanted) : KindOf(cell);
        if (old == source && type == KindOf(cell))
        {
            return json;
        }

        cell["cell_type"] = type;
        cell["source"] = isText ? source : Lines(source);
        if (type == "code")
        {
            cell.Remove("attachments");
            cell["execution_count"] = null;
            cell["outputs"] = new JsonArray();
        }
        else
        {
            cell.Remove("execution_count");
            cell.Remove("outputs");
        }

        return Write(cell, indent);
    }

    private static string Word(NotebookCellKind kind) => kind == NotebookCellKind.Code ? "code" : "markdown";

    private static string? KindOf(JsonObject cell) =>
        cell["cell_type"] is JsonValue value && value.TryGetValue(out string? word) ? word : null;

    private static (string? Text, bool IsText) SourceOf(JsonObject cell) =>
        cell["source"] switch
        {
            JsonValue value when value.TryGetValue(out string? text) => (text, true),
            JsonArray lines => (string.Concat(lines.Select(static line => line?.ToString())), false),
            _ => (null, false),
        };

    /// <summary>Every line with its end.</summary>
    private static JsonArray Lines(string source) =>
        new([.. TextLines.Split(source).Select(static line => JsonValue.Create(line.Content + line.Ending))]);

    private static string Write(JsonObject cell, string? indent)
    {
        var buffer = new ArrayBufferWriter<byte>();
        var options = new JsonWriterOptions
        {
            Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
            Indented = indent is not null,
            IndentCharacter = indent is ['\t', ..] ? '\t' : ' ',
            IndentSize = Math.Min((indent?.Length ?? 2) / 2, 100),
            NewLine = "\n",
        };
        using (var writer = new Utf8JsonWriter(buffer, options))
        {
            cell.WriteTo(writer);
        }

        // No string of JSON holds the end of a line itself.
        return Encoding.UTF8.GetString(buffer.WrittenSpan).Replace("\n", $"\n{indent}", StringComparison.Ordinal);
    }
}
