using System.Collections.Immutable;
using System.Text.Json;
using System.Text.RegularExpressions;
using Microsoft.Extensions.AI;
using Sage.Agent.LanguageModels;
using Sage.Providers.Streaming;

namespace Sage.Providers.Demo;

/// <summary>The turn so far, read from the history: what the user asked, and what the tools answered.</summary>
/// <param name="Prompt">The user's own words.</param>
/// <param name="Paths">Files the user attached, or selected text in.</param>
/// <param name="Rounds">The calls of this turn and their results, one list a reply.</param>
/// <param name="Tools">The names of the tools on offer.</param>
/// <param name="IsPlanning">True when nothing may be changed.</param>
internal sealed partial record DemoTurn(
    string Prompt,
    ImmutableArray<string> Paths,
    ImmutableArray<ImmutableArray<DemoResult>> Rounds,
    ImmutableHashSet<string> Tools,
    bool IsPlanning
)
{
    public static DemoTurn Read(IReadOnlyList<ChatMessage> history, ChatOptions? options)
    {
        var start = history.Index().LastOrDefault(m => m.Item.Role == ChatRole.User).Index;
        var text = history.Count == 0 ? "" : TextOf(history[start]);
        var answers = history
            .Skip(start)
            .SelectMany(m => m.Contents.OfType<ToolCallAnswer>())
            .GroupBy(a => a.CallId)
            .ToDictionary(g => g.Key, g => g.First());
        return new DemoTurn(
            Attachments().Replace(text, "").Trim(),
            [.. PathAttributes().Matches(text).Select(m => m.Groups["path"].Value)],
            [
                .. history
                    .Skip(start)
                    .Select(m => m.Contents.OfType<ToolCallReady>().Select(c => Result(c, answers)).ToImmutableArray())
                    .Where(round => !round.IsEmpty),
            ],
            [.. (options?.Tools ?? []).Select(t => t.Name)],
            history.Any(m => m.Role == ChatRole.System && TextOf(m).Contains("Plan mode:", StringComparison.Ordinal))
        );
    }

    /// <summary>The results of one reply's calls; empty when there was no such reply.</summary>
    public ImmutableArray<DemoResult> Round(int number) => number < Rounds.Length ? Rounds[number] : [];

    /// <summary>The results of this turn's calls of one tool.</summary>
    public IEnumerable<DemoResult> Of(string tool) => Rounds.SelectMany(r => r).Where(r => r.Tool == tool);

    public bool MayChange => !IsPlanning && Tools.Contains("edit_file");

    private static DemoResult Result(ToolCallReady call, Dictionary<string, ToolCallAnswer> answers)
    {
        var answer = answers.GetValueOrDefault(call.CallId);
        return new DemoResult(
            call.Name,
            JsonArguments.AsObject(call.Arguments),
            answer?.Text ?? "",
            answer?.IsError ?? true
        );
    }

    private static string TextOf(ChatMessage message) =>
        string.Join("\n", message.Contents.OfType<TextContent>().Select(t => t.Text));

    [GeneratedRegex(
        """<attached_file path="[^"]*" />|<selection path="[^"]*"[^>]*>.*?</selection>|^\(The user stopped the previous turn\.\)""",
        RegexOptions.Singleline
    )]
    private static partial Regex Attachments();

    [GeneratedRegex("""<(attached_file|selection) path="(?<path>[^"]*)" """, RegexOptions.ExplicitCapture)]
    private static partial Regex PathAttributes();
}

/// <summary>One call of this turn and what came back.</summary>
internal sealed record DemoResult(string Tool, JsonElement Arguments, string Text, bool IsError)
{
    public string Argument(string name) =>
        Arguments.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String
            ? value.GetString()!
            : "";
}
