using Sage.Tools.Text;

namespace Sage.Tools.Search;

/// <summary>Lines as they are shown.</summary>
internal static class FoundText
{
    private const int LongestLine = 500;

    public static string Cut(ReadOnlySpan<char> line) =>
        Utf8Codec.Presentable(
            line.Length <= LongestLine
                ? line.ToString()
                : $"{line[..LongestLine]}… [{line.Length - LongestLine} more characters]"
        );
}
