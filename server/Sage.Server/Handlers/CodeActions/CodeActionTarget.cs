using System.Collections.Immutable;
using System.Text;
using System.Text.Json;
using Sage.Protocol.LanguageServer;
using Sage.Server.Handlers.Documents;

namespace Sage.Server.Handlers.CodeActions;

/// <summary>The lines and the problems that a code action is about.</summary>
/// <param name="Path">Absolute path, as the editor knows it.</param>
/// <param name="StartLine">1-based.</param>
/// <param name="EndLine">1-based, inclusive.</param>
/// <param name="Text">Those lines.</param>
/// <param name="Problems">What the editor reports there.</param>
internal sealed record CodeActionTarget(
    string Path,
    int StartLine,
    int EndLine,
    string Text,
    ImmutableArray<Diagnostic> Problems
)
{
    /// <summary>The lines that the range and its problems touch.</summary>
    public static CodeActionTarget Create(OpenDocument document, TextRange range, ImmutableArray<Diagnostic> problems)
    {
        var ranges = problems.Select(problem => problem.Range).Append(range).ToArray();
        var lines = new LineIndex(document.Text);
        var first = Math.Clamp(ranges.Min(r => r.Start.Line), 0, lines.LineCount - 1);
        var last = Math.Clamp(ranges.Max(LastLine), first, lines.LineCount - 1);
        return new CodeActionTarget(document.EditorPath, first + 1, last + 1, lines.Lines(first, last), problems);
    }

    /// <summary>The prompt for what is asked in the chat.</summary>
    public string Prompt(SageActionKind kind, string displayPath)
    {
        var where = StartLine == EndLine ? $"line {StartLine}" : $"lines {StartLine}-{EndLine}";
        var place = $"{where} of {displayPath}";
        return kind switch
        {
            SageActionKind.GenerateTests =>
                $"Write tests for {place}. Follow the project's own tests: their framework, their place and their style. Run them.",
            SageActionKind.Document =>
                $"Write the documentation comments for {place}, as the language and the rest of the project have them. Do not change the code.",
            _ when Problems.IsEmpty => $"Explain {place}.",
            _ => WithProblems(kind, place),
        };
    }

    private string WithProblems(SageActionKind kind, string place)
    {
        var problems = Problems.Length == 1 ? "this problem" : "these problems";
        var prompt = new StringBuilder(
            kind == SageActionKind.Fix
                ? $"Fix {problems} in {place}:"
                : $"Explain {place}, and what {problems} there mean{(Problems.Length == 1 ? "s" : "")}:"
        );
        foreach (var problem in Problems)
        {
            prompt.Append("\n- ").Append(Describe(problem));
        }

        return prompt.ToString();
    }

    // A selection of whole lines ends at the start of the line after them.
    private static int LastLine(TextRange range) =>
        range.End.Character == 0 && range.End.Line > range.Start.Line ? range.End.Line - 1 : range.End.Line;

    private static string Describe(Diagnostic problem)
    {
        var severity = problem.Severity switch
        {
            2 => "warning",
            3 => "information",
            4 => "hint",
            _ => "error",
        };
        var code = problem.Code is { ValueKind: JsonValueKind.String or JsonValueKind.Number } c ? $" {c}" : "";
        var source = problem.Source is null ? "" : $"{problem.Source} ";
        return $"line {problem.Range.Start.Line + 1}: {source}{severity}{code}: {problem.Message}";
    }
}
