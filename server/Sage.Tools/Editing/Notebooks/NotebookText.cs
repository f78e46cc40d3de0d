using System.Collections.Immutable;
using System.Diagnostics.CodeAnalysis;
using System.Text;
using System.Text.Json;

namespace Sage.Tools.Editing.Notebooks;

/// <summary>Where a cell stands in the text of its notebook.</summary>
/// <param name="Start">Of its opening brace, in characters.</param>
/// <param name="End">After its closing brace.</param>
/// <param name="Id">Notebooks before format 4.5 have none.</param>
internal readonly record struct NotebookCell(int Start, int End, string? Id);

/// <summary>The text of a notebook of format 4, and where its cells stand in it.</summary>
internal sealed class NotebookText
{
    private NotebookText(string text, ImmutableArray<NotebookCell> cells, (int Start, int End) list, bool hasIds)
    {
        Text = text;
        Cells = cells;
        List = list;
        HasIds = hasIds;
    }

    public string Text { get; }

    public ImmutableArray<NotebookCell> Cells { get; }

    /// <summary>The brackets of the list of cells, both included.</summary>
    public (int Start, int End) List { get; }

    /// <summary>Since format 4.5 every cell has a name.</summary>
    public bool HasIds { get; }

    /// <summary>What stands at the start of a cell's line; null where cells have no lines of their own.</summary>
    public string? Indent
    {
        get
        {
            if (Cells is [var first, ..])
            {
                var lead = Text[(Text.LastIndexOf('\n', first.Start) + 1)..first.Start];
                return lead.Length < first.Start && string.IsNullOrWhiteSpace(lead) ? lead : null;
            }

            // Of a list without cells only the line that it stands in is known, which is one level less deep.
            var line = Text.AsSpan(Text.LastIndexOf('\n', List.Start) + 1);
            var outer = line[..^line.TrimStart().Length].ToString();
            return outer.Length > 0 ? outer + outer : null;
        }
    }

    /// <param name="text">Of the file.</param>
    /// <param name="notebook">The notebook, when it is one.</param>
    /// <param name="problem">What is wrong with it, as a sentence's end: “is …”, “has …”.</param>
    public static bool TryParse(
        string text,
        [NotNullWhen(true)] out NotebookText? notebook,
        [NotNullWhen(false)] out string? problem
    )
    {
        notebook = null;
        try
        {
            (notebook, problem) = new Walk(text).Read();
        }
        catch (JsonException error)
        {
            problem = $"is not valid JSON (line {error.LineNumber + 1}). Read it, and mend that with edit_file first";
        }

        return notebook is not null;
    }

    private ref struct Walk
    {
        private readonly string _text;
        private readonly byte[] _bytes;
        private Utf8JsonReader _reader;
        private int _byte;
        private int _char;

        public Walk(string text)
        {
            _text = text;
            _bytes = Encoding.UTF8.GetBytes(text);
            _reader = new Utf8JsonReader(_bytes);
        }

        public (NotebookText? Notebook, string? Problem) Read()
        {
            var cells = ImmutableArray.CreateBuilder<NotebookCell>();
            var (major, minor, list) = (0, 0, (Start: -1, End: -1));
            if (!_reader.Read() || _reader.TokenType != JsonTokenType.StartObject)
            {
                return (null, "is not a notebook: its JSON is no object");
            }

            while (_reader.Read() && _reader.TokenType == JsonTokenType.PropertyName)
            {
                var name = _reader.GetString();
                _reader.Read();
                switch (name)
                {
                    case "cells" when _reader.TokenType == JsonTokenType.StartArray:
                        cells.Clear();
                        list = ReadCells(cells);
                        break;
                    case "nbformat" when _reader.TokenType == JsonTokenType.Number:
                        _reader.TryGetInt32(out major);
                        break;
                    case "nbformat_minor" when _reader.TokenType == JsonTokenType.Number:
                        _reader.TryGetInt32(out minor);
                        break;
                    default:
                        _reader.Skip();
                        break;
                }
            }

            // What comes after the end is not valid; reading on says so.
            while (_reader.Read()) { }
            return major != 4 ? (null, "is not a notebook of format 4. Ask the user to convert it")
                : list.Start < 0 ? (null, "has no list of cells")
                : (new NotebookText(_text, cells.ToImmutable(), list, hasIds: minor >= 5), null);
        }

        private (int Start, int End) ReadCells(ImmutableArray<NotebookCell>.Builder cells)
        {
            var start = CharOf(_reader.TokenStartIndex);
            while (_reader.Read() && _reader.TokenType == JsonTokenType.StartObject)
            {
                var cell = CharOf(_reader.TokenStartIndex);
                var id = ReadId();
                cells.Add(new NotebookCell(cell, CharOf(_reader.BytesConsumed), id));
            }

            return _reader.TokenType == JsonTokenType.EndArray
                ? (start, CharOf(_reader.BytesConsumed))
                : throw new JsonException("A cell is no object.");
        }

        private string? ReadId()
        {
            string? id = null;
            while (_reader.Read() && _reader.TokenType == JsonTokenType.PropertyName)
            {
                var isId = _reader.ValueTextEquals("id"u8);
                _reader.Read();
                id = isId && _reader.TokenType == JsonTokenType.String ? _reader.GetString() : id;
                _reader.Skip();
            }

            return id;
        }

        /// <summary>Asked in the order of the text.</summary>
        private int CharOf(long byteIndex)
        {
            _char += Encoding.UTF8.GetCharCount(_bytes, _byte, (int)byteIndex - _byte);
            _byte = (int)byteIndex;
            return _char;
        }
    }
}
