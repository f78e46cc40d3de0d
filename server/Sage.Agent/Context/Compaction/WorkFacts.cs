using System.Collections.Immutable;
using System.Text;
using System.Text.Json;
using Sage.Protocol.Events;
using Sage.Protocol.Hooks;
using Sage.Protocol.Plans;

namespace Sage.Agent.Context.Compaction;

/// <summary>What must not depend on how well a model summarises: the plan, the files, the commands, and what the user asked last.</summary>
internal sealed class WorkFacts
{
    private const int MostCommands = 20;
    private const int MostFiles = 60;
    private const int LongestLine = 200;
    private const int LongestRequest = 4000;
    private readonly List<string> _changed = [];
    private readonly List<string> _read = [];
    private readonly List<string> _commands = [];
    private const int LongestPlan = 8000;
    private ImmutableArray<PlanItem> _plan = [];
    private string? _proposed;
    private string? _accepted;
    private string _request = "";

    public void Apply(DurableEvent happened)
    {
        switch (happened)
        {
            case TurnStarted turn:
                _request = turn.Prompt;
                break;
            case HookRan { On: HookMoment.UserPromptSubmit, Effect: HookEffect.Denied, SteerId: null }:
                _request = "";
                break;
            case PlanUpdated plan:
                _plan = plan.Items;
                // What is done need not be read again.
                _accepted = plan.Items.All(static item => item.Status == PlanItemStatus.Completed) ? null : _accepted;
                break;
            case PlanProposed plan:
                _proposed = plan.Plan;
                break;
            case PlanAnswered answer:
                _accepted = answer.Decision == PlanDecision.Accept ? answer.Plan ?? _proposed : _accepted;
                _proposed = null;
                break;
            case FileChanged file:
                Note(_changed, file.Path, MostFiles);
                break;
            case ToolCallStarted { Name: "read_file" } call when PathOf(call.Input) is { } path:
                Note(_read, path, MostFiles);
                break;
            case ToolCallStarted { Name: "run_command" } call:
                Note(_commands, call.Title, MostCommands);
                break;
        }
    }

    public WorkFactsState Save() =>
        new([.. _changed], [.. _read], [.. _commands], _plan, _request, _proposed, _accepted);

    public void Restore(WorkFactsState saved)
    {
        _changed.AddRange(saved.Changed);
        _read.AddRange(saved.Read);
        _commands.AddRange(saved.Commands);
        (_plan, _request) = (saved.Plan, saved.Request);
        (_proposed, _accepted) = (saved.ProposedPlan, saved.AcceptedPlan);
    }

    /// <summary>As the model reads it; empty when there is nothing.</summary>
    public string Describe()
    {
        var text = new StringBuilder();
        if (_accepted is { } accepted)
        {
            text.Append("The user has accepted this plan, and with that plan mode ended:\n");
            text.Append(Clip(accepted, LongestPlan)).Append('\n');
        }

        Append(text, "Plan", _plan.Select(item => $"[{Word(item.Status)}] {item.Text}"));
        Append(text, "Files changed so far", _changed);
        Append(text, "Files read so far (their contents are gone; read again what you need)", _read);
        Append(text, "Commands run so far, latest last", _commands);
        Append(
            text,
            "The user's latest request, in their words",
            _request.Length == 0 ? [] : [Clip(_request, LongestRequest)]
        );
        return text.ToString();
    }

    private static string? PathOf(JsonElement input) =>
        input.TryGetProperty("path", out var path) && path.ValueKind == JsonValueKind.String ? path.GetString() : null;

    // The newest stand last, each once.
    private static void Note(List<string> list, string entry, int most)
    {
        var line = entry.Length <= LongestLine ? entry : entry[..LongestLine] + "…";
        list.Remove(line);
        list.Add(line);
        if (list.Count > most)
        {
            list.RemoveAt(0);
        }
    }

    private static void Append(StringBuilder text, string title, IEnumerable<string> lines)
    {
        var all = lines.ToList();
        if (all.Count > 0)
        {
            text.Append(title).Append(":\n");
            foreach (var line in all)
            {
                text.Append("- ").Append(line).Append('\n');
            }
        }
    }

    private static string Clip(string text, int most) => text.Length <= most ? text : text[..most] + "…";

    private static string Word(PlanItemStatus status) =>
        status switch
        {
            PlanItemStatus.Completed => "done",
            PlanItemStatus.InProgress => "in progress",
            _ => "to do",
        };
}
