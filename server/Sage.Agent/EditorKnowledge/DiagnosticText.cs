using System.Collections.Immutable;
using Sage.Agent.ToolCalls;
using Sage.Protocol.EditorKnowledge;

namespace Sage.Agent.EditorKnowledge;

/// <summary>Writes diagnostics for the model: a line each, whatever the language server wrote.</summary>
public static class DiagnosticText
{
    /// <summary>Where they come from, in the marks around them.</summary>
    public const string Source = "language servers of the editor";

    private const int LongestMessage = 400;

    /// <summary><c>src/a.ts:3 error ts(2322): Type 'string' is not assignable to type 'number'.</c></summary>
    /// <param name="diagnostic">What is reported.</param>
    /// <param name="shown">Its file, as people see it.</param>
    public static string Line(EditorDiagnostic diagnostic, string shown)
    {
        ArgumentNullException.ThrowIfNull(diagnostic);
        var severity = diagnostic.Severity switch
        {
            EditorSeverity.Error => "error",
            EditorSeverity.Warning => "warning",
            _ => "information",
        };
        var code = diagnostic.Code is { } given ? $"({given})" : "";
        return $"{shown}:{diagnostic.Line} {severity} {diagnostic.Source}{code}".TrimEnd()
            + $": {OneLine(diagnostic.Message)}";
    }

    /// <summary>Between marks: they are words of others.</summary>
    internal static string Marked(ImmutableArray<EditorDiagnostic> diagnostics, int more)
    {
        var lines = diagnostics.Select(diagnostic => Line(diagnostic, diagnostic.Path));
        var rest = more > 0 ? $"\n[and {more} more: call diagnostics]" : "";
        return OutsideMark.Around(Source, string.Join('\n', lines)) + rest;
    }

    private static string OneLine(string message)
    {
        var line = string.Join(' ', message.Split(['\r', '\n'], StringSplitOptions.RemoveEmptyEntries).Select(Trimmed));
        return line.Length <= LongestMessage ? line : line[..LongestMessage] + "…";

        static string Trimmed(string part) => part.Trim();
    }
}
