using System.Text.Json;
using CsCheck;
using Microsoft.Extensions.AI;
using Sage.Agent.Extensions;
using Sage.Agent.LanguageModels;
using Sage.Agent.Sessions.State;
using Sage.Protocol.Events;
using Sage.Protocol.Json;
using Sage.Protocol.Permissions;
using Sage.TestKit.Events;

namespace Sage.Agent.Tests.Sessions.State;

public sealed class SnapshotTests
{
    private static readonly JsonDocumentOptions Deep = new() { MaxDepth = 512 };

    [Fact]
    public void A_snapshot_anywhere_and_the_events_behind_it_lead_to_the_state_of_all_events() =>
        Gen.Select(EventGen.Journal, Gen.Int[0, int.MaxValue], Gen.Int[0, int.MaxValue])
            .Sample(
                (journal, first, second) =>
                {
                    var whole = Fold(new SessionState(), journal);
                    // One on top of another, as in a long session.
                    var at = new[] { first % (journal.Length + 1), second % (journal.Length + 1) }.Order().ToArray();
                    var early = Fold(new SessionState(), journal[..at[0]]);
                    var late = Fold(Restored(early), journal[at[0]..at[1]]);
                    var opened = Fold(Restored(late), journal[at[1]..]);

                    Assert.Equal(Describe(whole), Describe(opened));
                },
                iter: 400
            );

    [Fact]
    public void A_state_goes_on_from_a_snapshot_as_it_would_have_gone_on_itself() =>
        EventGen.Journal.Sample(
            journal =>
            {
                var lived = Fold(new SessionState(), journal);
                var restored = Restored(lived);
                foreach (var next in journal.Skip(1))
                {
                    lived.Apply(next);
                    restored.Apply(next);
                }

                Assert.Equal(Describe(lived), Describe(restored));
            },
            iter: 100
        );

    [Theory]
    [InlineData("facts/1")]
    [InlineData("conversation/1")]
    [InlineData("changes/1")]
    [InlineData("outside/1")]
    [InlineData("open/1")]
    public void A_snapshot_in_which_a_part_is_missing_or_wrong_changes_nothing(string part)
    {
        var journal = EventSamples.All.Values.OfType<DurableEvent>().Select((e, i) => Envelope(e, i + 1)).ToArray();
        var saved = Fold(new SessionState(), journal).Save();
        var empty = Describe(new SessionState());

        foreach (var wrong in new[] { "null", "[]", "{}", "3", """{"passages":7}""" })
        {
            var parts = saved.Parts.ToDictionary(StringComparer.Ordinal);
            parts[part] = JsonElement.Parse(wrong);
            var state = new SessionState();
            Assert.False(state.TryRestore(saved with { Parts = parts }), $"{part}: {wrong}");
            Assert.Equal(empty, Describe(state));
        }

        var missing = saved.Parts.Where(p => p.Key != part).ToDictionary(StringComparer.Ordinal);
        Assert.False(new SessionState().TryRestore(saved with { Parts = missing }));
    }

    [Fact]
    public void A_part_that_nobody_knows_any_more_is_passed_over()
    {
        var saved = new SessionState().Save();
        var parts = saved.Parts.ToDictionary(StringComparer.Ordinal);
        parts["horoscope/1"] = JsonElement.Parse("{}");

        Assert.True(new SessionState().TryRestore(saved with { Parts = parts }));
    }

    [Fact]
    public void Arguments_as_deep_as_a_model_may_write_them_are_saved()
    {
        var input = JsonElement.Parse($"{{\"x\":{new string('[', 63)}{new string(']', 63)}}}");
        var state = Fold(
            new SessionState(),
            [
                Envelope(new TurnStarted("t1", "p", PermissionMode.Ask, "m"), 1),
                Envelope(new ToolCallStarted("c1", "r1", "grep", "Grep", input), 2),
            ]
        );

        Assert.Equal(Describe(state), Describe(Restored(state)));
    }

    [Fact]
    public void What_a_summary_stands_for_is_not_kept_in_memory_and_its_ids_are_not_given_again()
    {
        var state = new SessionState();
        DurableEvent[] events =
        [
            new TurnStarted("t1", "p", PermissionMode.Ask, "m"),
            new ToolCallStarted("c1", "r1", "grep", "Grep", JsonElement.Parse("{}")),
            new ReplyEnded("r1", StopReason.ToolCalls, ""),
            new Compacted(0, CompactionReason.Full, 10, 1, "All that was."),
            new ToolCallEnded("c1", ToolCallStatus.Ok, "came too late", 1),
        ];
        Fold(state, [.. events.Select((happened, index) => Envelope(happened, index + 1))]);

        Assert.True(state.Conversation.HasCall("c1"));
        Assert.Single(state.Conversation.Messages());
        Assert.DoesNotContain("came too late", Describe(state), StringComparison.Ordinal);
    }

    private static EventEnvelope Envelope(DurableEvent happened, long seq) =>
        new("s1", happened, seq, DateTimeOffset.UnixEpoch);

    private static SessionState Fold(SessionState state, EventEnvelope[] events)
    {
        Array.ForEach(events, state.Apply);
        return state;
    }

    // Through text, as the journal keeps it.
    private static SessionState Restored(SessionState state)
    {
        var saved = state.Save();
        var parts = saved.Parts.ToDictionary(
            part => part.Key,
            part => JsonElement.Parse(part.Value.GetRawText(), Deep)
        );
        var restored = new SessionState();
        Assert.True(restored.TryRestore(new JournalSnapshot(saved.Seq, parts)));
        return restored;
    }

    /// <summary>All that a session does with its state: what it saves, what the model reads, what it would mend.</summary>
    private static string Describe(SessionState state) =>
        string.Join(
            '\n',
            state
                .Save()
                .Parts.Select(part => $"{part.Key} {part.Value.GetRawText()}")
                .Append($"seq {state.LastSeq}")
                .Concat(state.Conversation.Messages().Select(Describe))
                .Append($"{state.Conversation.Characters} {state.Conversation.PrunableCharacters(1)}")
                .Concat(state.Repair.Missing("damage").Select(Describe))
                .Concat((state.Repair.Suspended?.Close() ?? []).Select(Describe))
        );

    private static string Describe(DurableEvent happened) =>
        JsonSerializer.Serialize(Envelope(happened, 1), ProtocolJson.Default.EventEnvelope);

    private static string Describe(ChatMessage message) =>
        $"{message.Role}: " + string.Join(" | ", message.Contents.Select(Describe));

    private static string Describe(AIContent content) =>
        content switch
        {
            TextContent text => text.Text,
            TextReasoningContent reasoning => $"{reasoning.Text} {reasoning.ProtectedData}",
            ToolCallReady call => $"{call.CallId} {call.Name} {call.Arguments}",
            ToolCallAnswer answer => $"{answer.CallId} {answer.Text} {answer.IsError}",
            DataContent image => image.Uri,
            _ => throw new ArgumentOutOfRangeException(nameof(content)),
        };
}
