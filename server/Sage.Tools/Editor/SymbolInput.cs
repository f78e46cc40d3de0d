using System.ComponentModel;
using System.Globalization;
using Sage.Agent.ToolCalls;
using Sage.Protocol.EditorKnowledge;

namespace Sage.Tools.Editor;

internal sealed record SymbolInput(
    string Path,
    int Line,
    [property: Description("Identifier on that line.")] string Symbol
);

/// <summary>What is said of a place that a model got wrong.</summary>
internal static class SymbolPlace
{
    private const int LongestLine = 200;

    /// <returns>Null when the place can be one.</returns>
    public static string? Objection(int line, string symbol) =>
        line < 1 ? "`line` must be at least 1."
        : string.IsNullOrWhiteSpace(symbol) ? "`symbol` is empty: name the identifier on that line."
        : null;

    /// <param name="shown">The file, as messages name it.</param>
    /// <param name="line">Where it was looked for.</param>
    /// <param name="symbol">What was looked for.</param>
    /// <param name="miss">What is there instead.</param>
    public static ToolResult Missed(string shown, int line, string symbol, SymbolMiss miss)
    {
        var there = miss.LineText is { } text
            ? $"Line {line} of {shown} is `{Cut(text.Trim())}`, without `{symbol}`."
            : $"{shown} has no line {line}.";
        var lines = miss.Lines.Select(static number => number.ToString(CultureInfo.InvariantCulture));
        return ToolResult.Error(
            miss.Lines.IsEmpty
                ? $"{there} `{symbol}` is nowhere in the file."
                : $"{there} It is on {(miss.Lines.Length == 1 ? "line" : "lines")} {string.Join(", ", lines)}."
        );
    }

    private static string Cut(string text) => text.Length <= LongestLine ? text : text[..LongestLine] + "…";
}
