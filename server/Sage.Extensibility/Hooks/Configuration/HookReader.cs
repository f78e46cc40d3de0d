using System.Collections.Immutable;
using System.Text.Json;
using Sage.Agent.Permissions;
using Sage.Extensibility.Hooks.Dialects;
using Sage.Extensibility.Mcp.Connections;
using Sage.Extensibility.Memory;
using Sage.Protocol.Hooks;

namespace Sage.Extensibility.Hooks.Configuration;

/// <summary>Reads the hooks of one file: by event, groups of them with a matcher. A mistake costs the hook it is in, and is a problem.</summary>
/// <param name="source">The file.</param>
/// <param name="standard">How long a hook may take that says nothing of it.</param>
internal sealed class HookReader(HookSource source, TimeSpan standard)
{
    private const double MostSeconds = 600;

    private readonly ImmutableArray<HookSpec>.Builder _hooks = ImmutableArray.CreateBuilder<HookSpec>();
    private readonly ImmutableArray<HookProblem>.Builder _problems = ImmutableArray.CreateBuilder<HookProblem>();

    public ImmutableArray<HookSpec> Hooks => _hooks.ToImmutable();

    public ImmutableArray<HookProblem> Problems => _problems.ToImmutable();

    public void Read(JsonElement hooks)
    {
        if (hooks.ValueKind != JsonValueKind.Object)
        {
            Problem("must be an object: the name of each event, and what is run for it");
            return;
        }

        foreach (var written in hooks.EnumerateObject())
        {
            if (!Enum.TryParse<HookMoment>(written.Name, out var moment) || char.IsAsciiDigit(written.Name[0]))
            {
                Foreign(
                    $"for {PlainText.OneLine(written.Name)} are left out: there is no event {PlainText.OneLine(written.Name)} in Sage. There are {string.Join(", ", Enum.GetNames<HookMoment>())}"
                );
            }
            else if (written.Value.ValueKind != JsonValueKind.Array)
            {
                Problem($"for {moment} must be a list of groups, each with a matcher and hooks");
            }
            else
            {
                foreach (var group in written.Value.EnumerateArray())
                {
                    ReadGroup(moment, group);
                }
            }
        }
    }

    private void ReadGroup(HookMoment moment, JsonElement group)
    {
        if (
            group.ValueKind != JsonValueKind.Object
            || !group.TryGetProperty("hooks", out var hooks)
            || hooks.ValueKind != JsonValueKind.Array
        )
        {
            Problem($"for {moment} are left out: a group is an object with a list called hooks");
            return;
        }

        try
        {
            var matcher = HookMatcher.Parse(TextOf(group, "matcher"));
            foreach (var hook in hooks.EnumerateArray())
            {
                ReadHook(moment, matcher, hook);
            }
        }
        catch (ArgumentException error)
        {
            Problem($"for {moment} are left out: their matcher is no regular expression. {error.Message}");
        }
    }

    private void ReadHook(HookMoment moment, HookMatcher matcher, JsonElement hook)
    {
        if (hook.ValueKind != JsonValueKind.Object)
        {
            Problem($"for {moment}: one is left out that is no object with a type and a command");
            return;
        }

        if (TextOf(hook, "type") is { } type and not "command")
        {
            Foreign(
                $"for {moment}: one is left out that is a {PlainText.OneLine(type)}. Sage runs those of type command"
            );
            return;
        }

        if (TextOf(hook, "command") is not { } command || string.IsNullOrWhiteSpace(command))
        {
            Problem($"for {moment}: one is left out that has no command");
            return;
        }

        _hooks.Add(
            new HookSpec(moment, WithArguments(command, hook), source)
            {
                Matcher = matcher,
                Timeout = TimeoutOf(hook, moment),
                If = ConditionOf(hook, moment),
            }
        );
    }

    /// <summary>With arguments it is a program, without them a line for the shell.</summary>
    private static string WithArguments(string command, JsonElement hook) =>
        hook.TryGetProperty("args", out var arguments) && arguments.ValueKind == JsonValueKind.Array
            ? CommandLine.Of(command, arguments.EnumerateArray().Select(static argument => argument.ToString()))
            : command;

    private TimeSpan TimeoutOf(JsonElement hook, HookMoment moment)
    {
        if (!hook.TryGetProperty("timeout", out var timeout))
        {
            return standard;
        }

        if (timeout.ValueKind == JsonValueKind.Number && timeout.TryGetDouble(out var seconds) && seconds > 0)
        {
            return TimeSpan.FromSeconds(Math.Min(seconds, MostSeconds));
        }

        Problem($"for {moment}: a timeout is a number of seconds, at most {MostSeconds}");
        return standard;
    }

    private HookCondition? ConditionOf(JsonElement hook, HookMoment moment)
    {
        if (TextOf(hook, "if") is not { } text)
        {
            return null;
        }

        var rule = PermissionRule.TryParse(
            ToolWords.RuleOf(text),
            RuleEffect.Deny,
            new RuleSource(RuleSourceKind.User, source.Path)
        );
        if (rule is null)
        {
            // Rather too often than never: it may be what keeps something from happening.
            Problem(
                $"for {moment}: one runs for all calls, because its condition is not understood: {PlainText.OneLine(text)}"
            );
            return null;
        }

        return new HookCondition(text, rule);
    }

    private void Problem(string text) => _problems.Add(new HookProblem($"The hooks in {source.Place} {text}."));

    private void Foreign(string text) =>
        _problems.Add(
            new HookProblem($"The hooks in {source.Place} {text}.", IsForeign: source.Dialect == HookDialect.Claude)
        );

    private static string? TextOf(JsonElement element, string name) =>
        element.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String
            ? value.GetString()
            : null;
}
