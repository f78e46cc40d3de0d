using System.Collections.Immutable;
using System.Text.Json;
using Sage.Protocol.Commands;
using Sage.Protocol.EditorKnowledge;
using Sage.Protocol.Events;
using Sage.Protocol.Plans;
using Sage.Protocol.Runtime;
using Sage.Protocol.Turns;

namespace Sage.Agent.Secrets;

/// <summary>
/// Takes secrets out of events before anybody sees or keeps them. What streams in pieces with offsets is redacted where it
/// comes from (<see cref="SecretStream"/>); names of files stay as they are, or they could not be found.
/// </summary>
internal static class EventRedaction
{
    /// <returns>The same event when there was nothing to hide.</returns>
    public static DurableEvent Redact(this SecretRedaction secrets, DurableEvent happened)
    {
        var redacted = Redacted(secrets, happened);
        return redacted == happened ? happened : redacted;
    }

    public static TransientEvent Redact(this SecretRedaction secrets, TransientEvent happened) =>
        happened switch
        {
            Retrying retrying => retrying with { Reason = secrets.Redact(retrying.Reason) },
            Stopping stopping => stopping with { Work = secrets.Each(stopping.Work, Redacted) },
            WorkStopped stopped => stopped with
            {
                What = secrets.Redact(stopped.What),
                How = secrets.Redact(stopped.How),
            },
            _ => happened,
        };

    private static DurableEvent Redacted(SecretRedaction secrets, DurableEvent happened) =>
        happened switch
        {
            TurnStarted turn => turn with
            {
                Prompt = secrets.Redact(turn.Prompt),
                Attachments = secrets.Each(turn.Attachments, Redacted),
                Command = turn.Command is { } command ? Redacted(secrets, command) : null,
            },
            Steer steer => steer with { Input = secrets.Each(steer.Input, Redacted) },
            ReplyEnded reply => reply with
            {
                Text = secrets.Redact(reply.Text),
                Reasoning = secrets.Each(reply.Reasoning, Redacted),
            },
            ToolCallStarted call => call with
            {
                Title = secrets.Redact(call.Title),
                Input = Redacted(secrets, call.Input),
            },
            ToolCallEnded call => call with { Text = secrets.Redact(call.Text), Source = secrets.Maybe(call.Source) },
            PermissionAsked asked => asked with
            {
                Rule = secrets.Redact(asked.Rule),
                Source = secrets.Maybe(asked.Source),
            },
            PermissionAnswered answer => answer with
            {
                Rule = secrets.Maybe(answer.Rule),
                Input = answer.Input is { } input ? Redacted(secrets, input) : null,
            },
            PlanProposed plan => plan with { Plan = secrets.Redact(plan.Plan) },
            PlanAnswered answer => answer with
            {
                Plan = secrets.Maybe(answer.Plan),
                Comments = secrets.Each(answer.Comments, Redacted),
                Reason = secrets.Maybe(answer.Reason),
            },
            PlanUpdated plan => plan with
            {
                Items = secrets.Each(plan.Items, static (s, item) => item with { Text = s.Redact(item.Text) }),
            },
            FileChanged change => change with { Hunks = secrets.Each(change.Hunks, Redacted) },
            FilesRestored restored => restored with
            {
                Files = secrets.Each(
                    restored.Files,
                    static (s, file) => file with { Hunks = s.Each(file.Hunks, Redacted) }
                ),
                Reason = secrets.Maybe(restored.Reason),
            },
            Compacted compacted => compacted with { Summary = secrets.Maybe(compacted.Summary) },
            SessionTitled titled => titled with { Title = secrets.Redact(titled.Title) },
            Notice notice => notice with { Text = secrets.Redact(notice.Text) },
            SubagentEvent { Event: DurableEvent inside } nested => nested with { Event = Redacted(secrets, inside) },
            HookRan ran => ran with
            {
                Hook = secrets.Redact(ran.Hook),
                Place = secrets.Redact(ran.Place),
                Text = secrets.Maybe(ran.Text),
                Input = ran.Input is { } input ? Redacted(secrets, input) : null,
            },
            DiagnosticsArrived arrived => arrived with { Diagnostics = secrets.Each(arrived.Diagnostics, Redacted) },
            BackgroundStarted started => started with
            {
                Title = secrets.Redact(started.Title),
                Subagent = secrets.Maybe(started.Subagent),
            },
            BackgroundEnded ended => ended with
            {
                Result = secrets.Maybe(ended.Result),
                Source = secrets.Maybe(ended.Source),
            },
            TurnEnded turn => turn with
            {
                Error = turn.Error is { } error ? error with { Message = secrets.Redact(error.Message) } : null,
                Stopped = secrets.Each(turn.Stopped, Redacted),
            },
            _ => happened,
        };

    private static EditorDiagnostic Redacted(SecretRedaction secrets, EditorDiagnostic diagnostic) =>
        diagnostic with
        {
            Message = secrets.Redact(diagnostic.Message),
            Source = secrets.Maybe(diagnostic.Source),
            Code = secrets.Maybe(diagnostic.Code),
        };

    private static SentCommand Redacted(SecretRedaction secrets, SentCommand command) =>
        command with
        {
            Name = secrets.Redact(command.Name),
            Place = secrets.Redact(command.Place),
            Text = secrets.Redact(command.Text),
            Lines = secrets.Each(command.Lines, Redacted),
            Source = secrets.Maybe(command.Source),
        };

    private static ShellLine Redacted(SecretRedaction secrets, ShellLine line) =>
        line with
        {
            Line = secrets.Redact(line.Line),
            Behind = secrets.Redact(line.Behind),
        };

    private static PlanComment Redacted(SecretRedaction secrets, PlanComment comment) =>
        comment with
        {
            Quote = secrets.Redact(comment.Quote),
            Text = secrets.Redact(comment.Text),
        };

    private static InputPart Redacted(SecretRedaction secrets, InputPart part) =>
        part switch
        {
            TextPart text => text with { Text = secrets.Redact(text.Text) },
            SelectionPart selection => selection with { Text = secrets.Redact(selection.Text) },
            ExcerptPart excerpt => excerpt with
            {
                Title = secrets.Redact(excerpt.Title),
                Text = secrets.Redact(excerpt.Text),
            },
            ResourcePart resource => resource with
            {
                Server = secrets.Redact(resource.Server),
                Uri = secrets.Redact(resource.Uri),
                Text = secrets.Redact(resource.Text),
            },
            _ => part,
        };

    // A provider refuses reasoning that is not what it signed, so it is not sent back to it.
    private static ReasoningBlock Redacted(SecretRedaction secrets, ReasoningBlock block) =>
        secrets.Redact(block.Text) is var text && text == block.Text ? block : new ReasoningBlock(text);

    private static Hunk Redacted(SecretRedaction secrets, Hunk hunk) =>
        hunk with
        {
            Lines = secrets.Each(hunk.Lines, static (s, line) => s.Redact(line)),
        };

    private static StoppedWork Redacted(SecretRedaction secrets, StoppedWork work) =>
        work with
        {
            What = secrets.Redact(work.What),
            How = secrets.Redact(work.How),
            Parts = secrets.Each(work.Parts, Redacted),
        };

    private static RunningWork Redacted(SecretRedaction secrets, RunningWork work) =>
        work with
        {
            What = secrets.Redact(work.What),
        };

    /// <summary>A secret stands within a string of JSON, so what is left is JSON.</summary>
    private static JsonElement Redacted(SecretRedaction secrets, JsonElement input)
    {
        var text = input.GetRawText();
        var redacted = secrets.Redact(text);
        return ReferenceEquals(redacted, text) ? input : Parse(redacted);
    }

    private static JsonElement Parse(string json)
    {
        try
        {
            return JsonElement.Parse(json);
        }
        catch (JsonException)
        {
            return JsonElement.Parse($"{{\"hidden\":\"{SecretRedaction.Mask}\"}}");
        }
    }

    private static string? Maybe(this SecretRedaction secrets, string? text) =>
        text is null ? null : secrets.Redact(text);

    private static ImmutableArray<T>? Each<T>(
        this SecretRedaction secrets,
        ImmutableArray<T>? items,
        Func<SecretRedaction, T, T> redact
    ) => items is { } all ? secrets.Each(all, redact) : null;

    // The same array when there was nothing to hide: events are compared by it.
    private static ImmutableArray<T> Each<T>(
        this SecretRedaction secrets,
        ImmutableArray<T> items,
        Func<SecretRedaction, T, T> redact
    )
    {
        ImmutableArray<T>.Builder? changed = null;
        for (var i = 0; i < items.Length; i++)
        {
            var item = redact(secrets, items[i]);
            if (changed is null && !EqualityComparer<T>.Default.Equals(item, items[i]))
            {
                changed = items.ToBuilder();
            }

            if (changed is not null)
            {
                changed[i] = item;
            }
        }

        return changed?.ToImmutable() ?? items;
    }
}
