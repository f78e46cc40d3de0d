namespace Sage.Tools.Editing;

/// <summary>The same piece of indentation, added to or taken from the start of every line.</summary>
/// <param name="Added">What the file's lines have more than the wanted ones; empty when less.</param>
/// <param name="Removed">What the file's lines have less than the wanted ones; empty when more.</param>
internal readonly record struct IndentShift(string Added, string Removed)
{
    /// <summary>The shift that turns one line into the other.</summary>
    public static bool TryBetween(ReadOnlySpan<char> wanted, ReadOnlySpan<char> line, out IndentShift shift)
    {
        var wantedIndent = Indent(wanted);
        var lineIndent = Indent(line);
        shift =
            lineIndent.EndsWith(wantedIndent) ? new IndentShift(lineIndent[..^wantedIndent.Length].ToString(), "")
            : wantedIndent.EndsWith(lineIndent) ? new IndentShift("", wantedIndent[..^lineIndent.Length].ToString())
            : default;
        return shift.Added is not null && shift.Joins(wanted, line);
    }

    /// <summary>True when this shift turns the wanted line into the line; blank lines join with blank lines.</summary>
    public bool Joins(ReadOnlySpan<char> wanted, ReadOnlySpan<char> line)
    {
        wanted = wanted.TrimEnd();
        line = line.TrimEnd();
        return wanted.IsEmpty || line.IsEmpty
            ? wanted.IsEmpty && line.IsEmpty
            : wanted.StartsWith(Removed)
                && line.StartsWith(Added)
                && wanted[Removed.Length..].SequenceEqual(line[Added.Length..]);
    }

    /// <summary>The line as the file would indent it.</summary>
    public string Apply(string line) =>
        string.IsNullOrWhiteSpace(line) ? line
        : line.StartsWith(Removed ?? "", StringComparison.Ordinal) ? Added + line[(Removed?.Length ?? 0)..]
        : line.TrimStart();

    private static ReadOnlySpan<char> Indent(ReadOnlySpan<char> line) => line[..^line.TrimStart().Length];
}
