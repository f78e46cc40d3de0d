using System.Collections.Immutable;
using System.Text;
using System.Text.Json;

namespace Sage.Providers.Demo.Planning;

/// <summary>
/// In plan mode: what the rules would change is proposed as a plan, with what the user says to it, until it is accepted. Then it is
/// done, and the list of steps is kept.
/// </summary>
internal static class PlanRule
{
    private const string Propose = "exit_plan_mode";
    private const string Keep = "update_plan";

    /// <param name="turn">The turn so far.</param>
    /// <param name="rules">What would be done without a plan.</param>
    public static DemoStep Next(DemoTurn turn, Func<DemoTurn, DemoStep> rules)
    {
        if (!turn.IsPlanning || !turn.Tools.Contains(Propose))
        {
            return rules(turn);
        }

        var free = turn with
        {
            IsPlanning = false,
            Rounds = [.. turn.Rounds.Where(round => !round.Any(call => call.Tool is Propose or Keep))],
        };
        var step = rules(free);
        var changes = step.Calls.Where(call => call.Name is "edit_file" or "write_file").ToImmutableArray();
        return turn.Of(Propose).Any(proposed => !proposed.IsError) ? CarryOut(turn, step)
            : changes.IsEmpty ? step
            : new DemoStep(
                turn.Of(Propose).Any() ? "I take up what you said.\n" : "This is plan mode, so I propose first.\n",
                DemoCall.ExitPlanMode(Write(changes, turn.Of(Propose).LastOrDefault()))
            );
    }

    /// <summary>The last words wait until the list says that all is done.</summary>
    private static DemoStep CarryOut(DemoTurn turn, DemoStep step)
    {
        var wasChanged = turn.Of("edit_file").Concat(turn.Of("write_file")).LastOrDefault() is { IsError: false };
        return step.Calls.IsEmpty && wasChanged && turn.Tools.Contains(Keep) && !turn.Of(Keep).Any()
            ? new DemoStep("", DemoCall.UpdatePlan(Steps(Plan(turn))))
            : step;
    }

    /// <summary>As it was accepted: the user may have changed it.</summary>
    private static string Plan(DemoTurn turn)
    {
        const string changed = "This is the plan now:";
        var accepted = turn.Of(Propose).Last(proposed => !proposed.IsError);
        var at = accepted.Text.IndexOf(changed, StringComparison.Ordinal);
        return at < 0 ? accepted.Argument("plan") : accepted.Text[(at + changed.Length)..];
    }

    private static IEnumerable<string> Steps(string plan) =>
        plan.Split('\n').Where(line => line.Length > 3 && char.IsAsciiDigit(line[0])).Select(line => line[3..]);

    private static string Write(ImmutableArray<DemoCall> changes, DemoResult? before)
    {
        var text = new StringBuilder("## What I would change\n\nOnly the lines that are named below.\n\n");
        var number = 1;
        foreach (var change in changes)
        {
            text.Append(number++).Append(". ").Append(Describe(change)).Append('\n');
        }

        text.Append(number).Append(". Look at the change in the diff\n");
        var said = before is null ? [] : Said(before.Text).ToArray();
        return said.Length == 0 ? text.ToString() : text.Append("\nYou said: ").AppendJoin(" ", said).ToString();
    }

    private static string Describe(DemoCall change)
    {
        using var arguments = JsonDocument.Parse(change.Arguments);
        var path = arguments.RootElement.GetProperty("path").GetString();
        return arguments.RootElement.TryGetProperty("edits", out var edits)
            ? $"Edit `{path}`: {Words.Code(LastLine(edits[0], "old_text"))} becomes {Words.Code(LastLine(edits[0], "new_text"))}"
            : $"Write `{path}`";
    }

    private static string LastLine(JsonElement edit, string name) =>
        edit.GetProperty(name).GetString()!.Split('\n').Last(line => line.Trim().Length > 0).Trim();

    /// <summary>The user's words in the result: those behind a quote, and those to all of it.</summary>
    private static IEnumerable<string> Said(string result)
    {
        const string toAll = "The user says: ";
        var before = "";
        foreach (var line in result.Split('\n'))
        {
            if (line.StartsWith(toAll, StringComparison.Ordinal))
            {
                yield return line[toAll.Length..];
            }
            else if (
                before.StartsWith("> ", StringComparison.Ordinal) && !line.StartsWith("> ", StringComparison.Ordinal)
            )
            {
                yield return line;
            }

            before = line;
        }
    }
}
