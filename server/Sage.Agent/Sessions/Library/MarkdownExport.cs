using System.Collections.Immutable;
using System.Globalization;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using Sage.Protocol.Events;
using Sage.Protocol.Plans;
using Sage.Protocol.Turns;

namespace Sage.Agent.Sessions.Library;

/// <summary>Writes a session for people: prompts and replies as they were said, calls and changes folded away.</summary>
internal sealed class MarkdownExport
{
    private const int LongestResult = 4_000;
    private readonly StringBuilder _text = new();
    private readonly Dictionary<string, ToolCallStarted> _calls = new(StringComparer.Ordinal);

    /// <summary>The whole page.</summary>
    public string ToString(string title, DateTimeOffset startedAt)
    {
        var heading = title.Length == 0 ? "Sage session" : title;
        var date = startedAt.ToString("d MMMM yyyy", CultureInfo.InvariantCulture);
        return $"# {heading}\n\n*A session with Sage, begun on {date}.*\n\n{_text.ToString().TrimEnd()}\n";
    }

    public void Add(DurableEvent happened)
    {
        switch (happened)
        {
            case TurnStarted turn:
                Prompt(turn);
                break;
            case Steer { State: SteerState.Delivered, Kind: SteerKind.Steer, Input: { } words }:
                Heading("User, meanwhile");
                Paragraph(Quoted(string.Join("\n\n", words.OfType<TextPart>().Select(part => part.Text))));
                Attached(words);
                break;
            case ReplyEnded { Text: var said } when !string.IsNullOrWhiteSpace(said):
                Heading("Sage");
                Paragraph(said);
                break;
            case ToolCallStarted call:
                _calls[call.CallId] = call;
                break;
            case ToolCallEnded ended:
                Call(ended);
                break;
            case FileChanged change:
                Change(change);
                break;
            case PlanProposed or PlanAnswered or PlanUpdated:
                Plan(happened);
                break;
            case Compacted { Summary: { } summary }:
                Folded("The conversation was summarised", summary.Trim());
                break;
            case Notice notice:
                Paragraph($"*{notice.Text.Trim()}*");
                break;
            case TurnEnded { Outcome: not TurnOutcome.Completed } ended:
                Paragraph(
                    ended.Error is { } error ? $"*The turn failed: {error.Message}*" : $"*{Said(ended.Outcome)}*"
                );
                break;
        }
    }

    /// <summary>What was typed, and what was sent when that was a command.</summary>
    private void Prompt(TurnStarted turn)
    {
        Heading("User");
        Paragraph(Quoted(turn.Prompt));
        if (turn.Command is { } command)
        {
            var lines = (command.Lines ?? []).Select(line => $"!`{line.Line}`{line.Behind}");
            Folded($"<code>{Escaped(command.Place)}</code>", Fenced(command.Text + string.Concat(lines), "markdown"));
        }

        Attached(turn.Attachments ?? []);
    }

    private void Plan(DurableEvent happened)
    {
        switch (happened)
        {
            case PlanProposed proposed:
                Heading("Plan");
                Paragraph(proposed.Plan);
                break;
            case PlanAnswered answer:
                Answer(answer);
                break;
            case PlanUpdated plan:
                Paragraph(string.Join('\n', plan.Items.Select(Item)));
                break;
        }
    }

    private void Answer(PlanAnswered answer)
    {
        Heading("User");
        Paragraph(
            answer.Decision switch
            {
                PlanDecision.Accept => "*Accepted the plan.*",
                PlanDecision.Revise => "*Asked for another plan.*",
                _ => "*Refused the plan.*",
            }
        );
        foreach (var comment in answer.Comments ?? [])
        {
            Paragraph($"{Quoted(comment.Quote)}\n\n{comment.Text}");
        }

        Paragraph(answer.Reason ?? "");
        if (answer.Plan is { } changed)
        {
            Folded("The plan as it was changed", changed);
        }
    }

    private void Change(FileChanged change) =>
        Folded(
            $"{change.Kind} <code>{Escaped(change.Path)}</code>",
            Fenced(string.Join('\n', change.Hunks.SelectMany(Lines)), "diff")
        );

    private void Call(ToolCallEnded ended)
    {
        if (!_calls.Remove(ended.CallId, out var call))
        {
            return;
        }

        var failed = ended.Status == ToolCallStatus.Ok ? "" : $" — {Word(ended.Status)}";
        Folded(
            $"{Escaped(call.Title)}{failed}",
            $"`{call.Name}`\n\n{Fenced(Json(call.Input), "json")}\n\n{Fenced(Clip(ended.Text), "")}"
        );
    }

    private void Attached(ImmutableArray<InputPart> parts)
    {
        foreach (var part in parts)
        {
            switch (part)
            {
                case FilePart file:
                    Paragraph($"Attached: `{file.Path}`");
                    break;
                case SelectionPart selection:
                    var lines = $"lines {selection.StartLine}–{selection.EndLine}";
                    Folded($"<code>{Escaped(selection.Path)}</code>, {lines}", Fenced(selection.Text, ""));
                    break;
                case ExcerptPart excerpt:
                    Folded(Escaped(excerpt.Title), Fenced(excerpt.Text, ""));
                    break;
                case ResourcePart resource:
                    Folded(
                        $"<code>{Escaped(resource.Server)}: {Escaped(resource.Uri)}</code>",
                        Fenced(resource.Text, "")
                    );
                    break;
                case ImagePart image:
                    Paragraph($"Attached: an image ({image.MediaType})");
                    break;
            }
        }
    }

    private void Heading(string who) => Paragraph($"## {who}");

    private void Paragraph(string text) => _text.Append(text.Trim()).Append("\n\n");

    // A blank line behind the summary, or the fences inside are not read as Markdown.
    private void Folded(string summary, string body) =>
        Paragraph($"<details>\n<summary>{summary}</summary>\n\n{body}\n\n</details>");

    private static string Quoted(string text) =>
        string.Join('\n', text.Trim().ReplaceLineEndings("\n").Split('\n').Select(line => $"> {line}".TrimEnd()));

    /// <summary>A fence that the text cannot end.</summary>
    private static string Fenced(string text, string language)
    {
        var fence = "```";
        while (text.Contains(fence, StringComparison.Ordinal))
        {
            fence += "`";
        }

        return $"{fence}{language}\n{text.TrimEnd()}\n{fence}";
    }

    private static IEnumerable<string> Lines(Hunk hunk) =>
        hunk.Lines.Prepend($"@@ -{hunk.OldStart},{hunk.OldLines} +{hunk.NewStart},{hunk.NewLines} @@");

    private static string Item(PlanItem item) =>
        $"- [{(item.Status == PlanItemStatus.Completed ? 'x' : ' ')}] {item.Text}";

    private static string Json(JsonElement input)
    {
        using var bytes = new MemoryStream();
        var options = new JsonWriterOptions
        {
            Indented = true,
            MaxDepth = 512,
            Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
        };
        using (var writer = new Utf8JsonWriter(bytes, options))
        {
            input.WriteTo(writer);
        }

        return Encoding.UTF8.GetString(bytes.ToArray());
    }

    private static string Clip(string text) =>
        text.Length <= LongestResult
            ? text
            : $"{text[..(LongestResult / 2)]}\n[… {text.Length - LongestResult:N0} characters left out …]\n{text[^(LongestResult / 2)..]}";

    private static string Escaped(string text) =>
        text.Replace("&", "&amp;", StringComparison.Ordinal)
            .Replace("<", "&lt;", StringComparison.Ordinal)
            .Replace(">", "&gt;", StringComparison.Ordinal);

    private static string Said(TurnOutcome outcome) =>
        outcome switch
        {
            TurnOutcome.Interrupted => "The user stopped this turn.",
            TurnOutcome.BudgetExceeded => "The turn stopped at its budget.",
            TurnOutcome.MaxSteps => "The turn stopped at its most steps.",
            _ => "The turn failed.",
        };

    private static string Word(ToolCallStatus status) =>
        status switch
        {
            ToolCallStatus.TimedOut => "timed out",
            _ => status.ToString().ToLowerInvariant(),
        };
}
