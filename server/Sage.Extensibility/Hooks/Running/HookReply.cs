using System.Text.Json;
using Sage.Agent.Hooks;
using Sage.Agent.ToolCalls;
using Sage.Extensibility.Hooks.Configuration;
using Sage.Extensibility.Hooks.Dialects;
using Sage.Extensibility.Memory;
using Sage.Protocol.Hooks;

namespace Sage.Extensibility.Hooks.Running;

/// <summary>Reads an answer out of what a hook has said: exit code 2 with its reason on the error stream, JSON, or, to a prompt, plain words.</summary>
/// <param name="spec">The hook.</param>
/// <param name="happened">What it was run for.</param>
/// <param name="root">Of the workspace.</param>
internal sealed class HookReply(HookSpec spec, HookEvent happened, string root)
{
    private const int Blocking = 2;
    private const int LongestWords = 10_000;

    private HookAnswer Nothing => new(spec.Name, spec.From.Place, spec.From.IsOfProject);

    public HookAnswer Read(HookOutput output)
    {
        if (output.ExitCode == Blocking)
        {
            return Blocked(Words(output.Errors));
        }

        if (output.ExitCode != 0)
        {
            return Failed(
                $"It {output.Failure ?? $"ended with exit code {output.ExitCode}"}.{LastLine(output.Errors)}"
            );
        }

        var said = output.Output.Trim();
        return said.StartsWith('{') ? ReadJson(said, output.IsCut)
            : said.Length > 0 && TakesPlainWords ? Nothing with { Context = Words(said) }
            : Nothing;
    }

    // What programs print by the way is nothing that anybody has to read.
    private bool TakesPlainWords => spec.On is HookMoment.SessionStart or HookMoment.UserPromptSubmit;

    private bool CanBlock =>
        spec.On
            is HookMoment.UserPromptSubmit
                or HookMoment.PreToolUse
                or HookMoment.PermissionRequest
                or HookMoment.PreCompact
                or HookMoment.Stop
                or HookMoment.SubagentStop;

    private bool IsAfterTool => spec.On is HookMoment.PostToolUse or HookMoment.PostToolUseFailure;

    private HookAnswer Blocked(string? why) =>
        CanBlock ? Nothing with { Decision = HookDecision.Deny, Reason = why }
        : IsAfterTool ? Nothing with { Context = why ?? "Something is wrong with this." }
        : Failed(
            $"It ended with exit code {Blocking}, but there is nothing that it could keep from happening.{LastLine(why ?? "")}"
        );

    private HookAnswer ReadJson(string said, bool isCut)
    {
        if (isCut)
        {
            return Failed($"It said more than {HookProcess.MostOutput / 1024} KB, so its answer was not read.");
        }

        try
        {
            using var json = JsonDocument.Parse(said);
            return Answer(json.RootElement);
        }
        catch (JsonException error)
        {
            return Failed(
                $"What it said begins like JSON and is none: {PlainText.OneLine(error.Message)} It must print one object and nothing else."
            );
        }
    }

    private HookAnswer Answer(JsonElement root)
    {
        var specific = Member(root, "hookSpecificOutput");
        var answer = Nothing with
        {
            Message = Words(TextOf(root, "systemMessage")),
            Context = TakesContext ? Words(TextOf(specific, "additionalContext")) : null,
        };
        if (Member(root, "continue")?.ValueKind == JsonValueKind.False)
        {
            return With(answer, "block", Words(TextOf(root, "stopReason")));
        }

        answer = With(answer, TextOf(root, "decision"), Words(TextOf(root, "reason")));
        return spec.On switch
        {
            HookMoment.PreToolUse => WithInput(
                With(
                    answer,
                    TextOf(specific, "permissionDecision"),
                    Words(TextOf(specific, "permissionDecisionReason"))
                ),
                Member(specific, "updatedInput")
            ),
            HookMoment.PermissionRequest => WithRequest(answer, Member(specific, "decision")),
            _ => answer,
        };
    }

    private bool TakesContext => TakesPlainWords || IsAfterTool || spec.On == HookMoment.PreToolUse;

    private HookAnswer With(HookAnswer answer, string? decision, string? reason) =>
        decision switch
        {
            null => answer,
            "deny" or "block" when CanBlock => answer with { Decision = HookDecision.Deny, Reason = reason },
            "block" when IsAfterTool => answer with { Context = Together(reason, answer.Context) },
            "allow" or "approve" when spec.On is HookMoment.PreToolUse or HookMoment.PermissionRequest => answer with
            {
                Decision = HookDecision.Allow,
                Reason = reason,
            },
            "ask" when spec.On == HookMoment.PreToolUse => answer with { Decision = HookDecision.Ask, Reason = reason },
            "allow" or "approve" or "ask" or "block" or "defer" => answer,
            _ => answer with
            {
                Failure =
                    $"It decided {PlainText.OneLine(decision)}, which is none of allow, ask, deny and block. It counts as if it had said nothing.",
            },
        };

    private HookAnswer WithInput(HookAnswer answer, JsonElement? wanted)
    {
        if (wanted is not { } input || happened.Call is not { } call)
        {
            return answer;
        }

        return input.ValueKind == JsonValueKind.Object
            ? answer with
            {
                Input =
                    spec.From.Dialect == HookDialect.Claude ? new ClaudeInput(call, root).Back(input) : input.Clone(),
            }
            : answer with
            {
                Failure = "Its updatedInput is no object, so the arguments stay as they are.",
            };
    }

    private HookAnswer WithRequest(HookAnswer answer, JsonElement? decision)
    {
        if (decision is not { ValueKind: JsonValueKind.Object } given)
        {
            return answer;
        }

        var decided = With(answer, TextOf(given, "behavior"), Words(TextOf(given, "message")));
        return Member(given, "updatedInput") is null
            ? decided
            // What would run is not what was decided about.
            : answer with
            {
                Failure =
                    "It wants other arguments, which it can have before the question only: in a hook for PreToolUse.",
            };
    }

    private HookAnswer Failed(string why) => Nothing with { Failure = why };

    private static string? Words(string? text)
    {
        var visible = OutsideText.Visible(text ?? "").Trim();
        return visible.Length == 0 ? null
            : visible.Length <= LongestWords ? visible
            : $"{visible[..LongestWords]}… (cut after {LongestWords} characters)";
    }

    private static string? Together(string? first, string? second) =>
        first is null ? second
        : second is null ? first
        : $"{first}\n\n{second}";

    private static string LastLine(string errors) =>
        errors.Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries) is [.., var last]
            ? $" It said: {PlainText.OneLine(last)}"
            : "";

    private static JsonElement? Member(JsonElement? element, string name) =>
        element is { ValueKind: JsonValueKind.Object } given && given.TryGetProperty(name, out var value)
            ? value
            : null;

    private static string? TextOf(JsonElement? element, string name) =>
        Member(element, name) is { ValueKind: JsonValueKind.String } text ? text.GetString() : null;
}
