using Sage.Protocol.Events;
using Sage.Tools.Text;

namespace Sage.Tools.Checkpoints;

/// <summary>What a file held at one moment.</summary>
internal abstract record HeldContent
{
    private HeldContent() { }

    /// <summary>There was no such file.</summary>
    public sealed record Absent : HeldContent;

    /// <summary>It could not be kept, or is not kept any more.</summary>
    public sealed record Unknown : HeldContent;

    /// <summary>No text.</summary>
    public sealed record Binary(byte[] Bytes) : HeldContent;

    /// <param name="Lf">With LF, for comparing.</param>
    /// <param name="File">With its own line endings and encoding.</param>
    /// <param name="Exact">Its bytes; null when it was put together.</param>
    public sealed record Text(string Lf, TextFile File, byte[]? Exact) : HeldContent;

    public static HeldContent Of(byte[] bytes) =>
        ContentKind.Of(bytes.AsSpan(0, Math.Min(bytes.Length, ContentKind.HeadSize))) is ContentKind.Text
            ? OfText(TextFile.Decode(bytes), bytes)
            : new Binary(bytes);

    public static Text OfText(TextFile file, byte[]? exact) => new(TextLines.WithLf(file.Text), file, exact);

    /// <summary>True when nobody could tell the two apart by reading.</summary>
    public bool IsSameAs(HeldContent other) =>
        (this, other) switch
        {
            (Absent, Absent) => true,
            (Binary mine, Binary theirs) => mine.Bytes.AsSpan().SequenceEqual(theirs.Bytes),
            (Text mine, Text theirs) => mine.Lf == theirs.Lf,
            _ => false,
        };

    /// <summary>What becoming <paramref name="to"/> is called.</summary>
    public FileChangeKind KindOfChangeTo(HeldContent to) =>
        this is Absent ? FileChangeKind.Created
        : to is Absent ? FileChangeKind.Deleted
        : FileChangeKind.Modified;
}
