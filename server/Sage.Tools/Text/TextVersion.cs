using System.IO.Hashing;
using System.Runtime.InteropServices;

namespace Sage.Tools.Text;

/// <summary>Names the versions of a file that the model has seen.</summary>
internal static class TextVersion
{
    private const string StampPrefix = "stamp:";

    /// <summary>Of text that was read whole; the same on disk and in an editor.</summary>
    public static string Of(string text) => Convert.ToHexString(XxHash128.Hash(MemoryMarshal.AsBytes(text.AsSpan())));

    /// <summary>Of a file too large to be read whole.</summary>
    public static string Of(FileInfo file) => $"{StampPrefix}{file.Length}:{file.LastWriteTimeUtc.Ticks}";

    /// <summary>True when <paramref name="seen"/> names what the file holds now.</summary>
    public static bool IsCurrent(string seen, string text, FileInfo? file) =>
        seen.StartsWith(StampPrefix, StringComparison.Ordinal)
            ? file is not null && seen == Of(file)
            : seen == Of(text);
}
