using System.Collections.Immutable;

namespace Sage.Tools.Editing.Patching;

/// <summary>What a patch does to one file.</summary>
/// <param name="Path">As the model wrote it.</param>
internal abstract record PatchSection(string Path)
{
    /// <param name="Path">A file that does not exist yet.</param>
    /// <param name="Text">With LF.</param>
    public sealed record Add(string Path, string Text) : PatchSection(Path);

    public sealed record Delete(string Path) : PatchSection(Path);

    /// <param name="Path">An existing file.</param>
    /// <param name="MoveTo">Its new path; null when it stays.</param>
    /// <param name="Hunks">In the order of the file; none when it is only moved.</param>
    public sealed record Update(string Path, string? MoveTo, ImmutableArray<PatchHunk> Hunks) : PatchSection(Path);
}

/// <summary>One place of a file that changes.</summary>
/// <param name="LineNumber">Where it begins in the patch; 1-based.</param>
/// <param name="Anchors">Lines below which it stands, the outermost first.</param>
/// <param name="Lines">What is there and what shall be there.</param>
/// <param name="Place">Where in the file it may be.</param>
internal sealed record PatchHunk(
    int LineNumber,
    ImmutableArray<string> Anchors,
    ImmutableArray<PatchLine> Lines,
    PatchPlace Place
)
{
    /// <summary>Context and what goes.</summary>
    public ImmutableArray<string> Old =>
        [.. Lines.Where(static line => line.Mark != PatchMark.Added).Select(static line => line.Text)];

    /// <summary>Context and what comes.</summary>
    public ImmutableArray<string> New =>
        [.. Lines.Where(static line => line.Mark != PatchMark.Removed).Select(static line => line.Text)];

    /// <summary>Only what comes.</summary>
    public IEnumerable<string> Added =>
        Lines.Where(static line => line.Mark == PatchMark.Added).Select(static line => line.Text);

    /// <summary>The same hunk without blank context at its ends, which models add and leave out for the looks of it.</summary>
    public PatchHunk WithoutBlankEnds()
    {
        var (start, end) = (0, Lines.Length);
        while (start < end && Lines[start].IsBlankContext)
        {
            start++;
        }

        while (end > start && Lines[end - 1].IsBlankContext)
        {
            end--;
        }

        return this with
        {
            Lines = Lines[start..end],
        };
    }
}

/// <param name="Mark">Its first character in the patch.</param>
/// <param name="Text">What follows.</param>
internal readonly record struct PatchLine(PatchMark Mark, string Text)
{
    public bool IsBlankContext => Mark == PatchMark.Context && string.IsNullOrWhiteSpace(Text);
}

/// <summary>What happens to a line.</summary>
internal enum PatchMark
{
    Context,
    Removed,
    Added,
}

/// <summary>Where a hunk may be.</summary>
internal enum PatchPlace
{
    Anywhere,

    /// <summary>Marked with <c>*** End of File</c>.</summary>
    EndOfFile,
}
