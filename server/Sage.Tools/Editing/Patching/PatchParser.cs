using System.Collections.Immutable;
using System.Diagnostics.CodeAnalysis;
using System.Text.RegularExpressions;
using Sage.Tools.Text;

namespace Sage.Tools.Editing.Patching;

/// <summary>
/// Reads the <c>*** Begin Patch</c> format. Forgives what can only mean one thing; everything else is an error that names
/// the line.
/// </summary>
internal sealed partial class PatchParser
{
    private const string AddHeader = "*** Add File:";
    private const string DeleteHeader = "*** Delete File:";
    private const string UpdateHeader = "*** Update File:";
    private const string MoveHeader = "*** Move to:";
    private const string EndOfFile = "*** End of File";
    private const string NoNewline = @"\ No newline";

    private readonly List<NumberedLine> _lines;
    private int _next;

    private PatchParser(List<NumberedLine> lines) => _lines = lines;

    /// <param name="patch">As the model wrote it.</param>
    /// <param name="sections">At least one.</param>
    /// <param name="error">For the model.</param>
    public static bool TryParse(
        string patch,
        out ImmutableArray<PatchSection> sections,
        [NotNullWhen(false)] out string? error
    )
    {
        sections = [];
        if (!PatchEnvelope.TryOpen(TextLines.WithLf(patch), out var lines, out error))
        {
            return false;
        }

        try
        {
            sections = new PatchParser(lines).ReadSections();
            return true;
        }
        catch (PatchSyntaxException problem)
        {
            error = problem.Message;
            return false;
        }
    }

    /// <summary>True for the line that begins what happens to a file.</summary>
    public static bool IsHeader(string line) =>
        TryHeader(line, AddHeader, out _)
        || TryHeader(line, DeleteHeader, out _)
        || TryHeader(line, UpdateHeader, out _);

    private bool IsAtSectionEnd => _next == _lines.Count || IsHeader(Current.Text);

    private NumberedLine Current => _lines[_next];

    private ImmutableArray<PatchSection> ReadSections()
    {
        var sections = ImmutableArray.CreateBuilder<PatchSection>();
        while (_next < _lines.Count)
        {
            var line = _lines[_next++];
            if (TryHeader(line.Text, AddHeader, out var path))
            {
                sections.Add(new PatchSection.Add(Named(line, path), ReadNewFile()));
            }
            else if (TryHeader(line.Text, DeleteHeader, out path))
            {
                sections.Add(new PatchSection.Delete(Named(line, path)));
                SkipBlankLines();
            }
            else if (TryHeader(line.Text, UpdateHeader, out path))
            {
                sections.Add(ReadUpdate(line, Named(line, path)));
            }
            else if (!string.IsNullOrWhiteSpace(line.Text))
            {
                throw Problem(
                    line,
                    $"was expected to be `{AddHeader} path`, `{UpdateHeader} path` or `{DeleteHeader} path`"
                );
            }
        }

        return sections.ToImmutable();
    }

    private string ReadNewFile()
    {
        List<string> text = [];
        var blanks = 0;
        for (; !IsAtSectionEnd; _next++)
        {
            var line = Current;
            if (line.Text.StartsWith('+'))
            {
                text.AddRange(Enumerable.Repeat("", blanks));
                text.Add(line.Text[1..]);
                blanks = 0;
            }
            else if (string.IsNullOrWhiteSpace(line.Text))
            {
                // Between lines that are marked it is a line of the file; at the end it is the patch's own.
                blanks++;
            }
            else if (!IsEndOfFile(line.Text) && !IsRemarkOnNewline(line.Text))
            {
                throw Problem(line, "should begin with `+`, as every line of a new file does");
            }
        }

        return string.Concat(text.Select(static line => line + "\n"));
    }

    private PatchSection.Update ReadUpdate(NumberedLine header, string path)
    {
        string? moveTo = null;
        SkipBlankLinesBefore(MoveHeader);
        if (!IsAtSectionEnd && TryHeader(Current.Text, MoveHeader, out var target))
        {
            moveTo = Named(Current, target);
            _next++;
        }

        var hunks = ImmutableArray.CreateBuilder<PatchHunk>();
        while (!IsAtSectionEnd)
        {
            if (ReadHunk() is { } hunk)
            {
                hunks.Add(hunk);
            }
        }

        return hunks.Count > 0 || moveTo is not null
            ? new PatchSection.Update(path, moveTo, hunks.ToImmutable())
            : throw Problem(header, "is followed by no change of that file");
    }

    /// <returns>Null when there were only blank lines.</returns>
    private PatchHunk? ReadHunk()
    {
        var start = Current;
        var anchors = ReadAnchors();
        var lines = ImmutableArray.CreateBuilder<PatchLine>();
        var place = PatchPlace.Anywhere;
        while (!IsAtSectionEnd && place == PatchPlace.Anywhere && !IsAnchor(Current.Text))
        {
            var line = _lines[_next++];
            if (IsEndOfFile(line.Text))
            {
                place = PatchPlace.EndOfFile;
            }
            else if (!IsRemarkOnNewline(line.Text))
            {
                lines.Add(LineOf(line));
            }
        }

        var hunk = new PatchHunk(start.Number, anchors, lines.ToImmutable(), place);
        var isEmpty = hunk.Lines.All(static line => line.IsBlankContext);
        return !isEmpty ? hunk
            : anchors.IsEmpty ? null
            : throw Problem(start, "is followed by no change");
    }

    private ImmutableArray<string> ReadAnchors()
    {
        var anchors = ImmutableArray.CreateBuilder<string>();
        for (; !IsAtSectionEnd && IsAnchor(Current.Text); _next++)
        {
            // Line numbers of a unified diff are rarely right when a model writes them.
            var anchor = LineNumbers().IsMatch(Current.Text) ? "" : Current.Text[2..].Trim();
            if (anchor.Length > 0)
            {
                anchors.Add(anchor);
            }
        }

        return anchors.ToImmutable();
    }

    private static PatchLine LineOf(NumberedLine line) =>
        line.Text switch
        {
            "" => new PatchLine(PatchMark.Context, ""),
            [' ', .. var text] => new PatchLine(PatchMark.Context, text),
            ['-', .. var text] => new PatchLine(PatchMark.Removed, text),
            ['+', .. var text] => new PatchLine(PatchMark.Added, text),
            _ => throw Problem(
                line,
                "should begin with a space (context), `-` (what goes), `+` (what comes) or `@@` (the line it stands below)"
            ),
        };

    private void SkipBlankLines()
    {
        while (!IsAtSectionEnd && string.IsNullOrWhiteSpace(Current.Text))
        {
            _next++;
        }
    }

    private void SkipBlankLinesBefore(string header)
    {
        var ahead = _next;
        while (ahead < _lines.Count && string.IsNullOrWhiteSpace(_lines[ahead].Text))
        {
            ahead++;
        }

        _next = ahead < _lines.Count && TryHeader(_lines[ahead].Text, header, out _) ? ahead : _next;
    }

    private static string Named(NumberedLine line, string path) =>
        path.Length > 0 ? path : throw Problem(line, "names no file");

    private static bool TryHeader(string line, string header, out string rest)
    {
        var found = line.StartsWith(header, StringComparison.OrdinalIgnoreCase);
        rest = found ? line[header.Length..].Trim() : "";
        return found;
    }

    private static bool IsAnchor(string line) => line.StartsWith("@@", StringComparison.Ordinal);

    private static bool IsEndOfFile(string line) =>
        line.TrimEnd().Equals(EndOfFile, StringComparison.OrdinalIgnoreCase);

    private static bool IsRemarkOnNewline(string line) => line.StartsWith(NoNewline, StringComparison.Ordinal);

    private static PatchSyntaxException Problem(NumberedLine line, string what)
    {
        const int longest = 100;
        var text = line.Text.Length <= longest ? line.Text : line.Text[..longest] + "…";
        return new PatchSyntaxException($"Line {line.Number} of the patch {what}: “{text}”. Nothing was changed.");
    }

    [GeneratedRegex(@"^@@\s*-\d+(?:,\d+)?\s+\+\d+(?:,\d+)?\s*(?:@@|$)", RegexOptions.CultureInvariant, 1_000)]
    private static partial Regex LineNumbers();
}
