using System.Collections.Immutable;
using System.Text.Json;
using Sage.Agent.Context;
using Sage.Agent.Sessions.State;
using Sage.Protocol.Commands;
using Sage.Protocol.Events;
using Sage.Protocol.Permissions;
using Sage.Protocol.Turns;

namespace Sage.Agent.Permissions;

/// <summary>
/// The fold of a session's events into what from outside the model has read since the user last spoke: a prompt, words beside a
/// running turn, or a yes to a question that named it. Until then, what the model does on its word is asked. A no lowers nothing.
/// </summary>
internal sealed class RaisedBar : IFold
{
    // Replaced whole, so that a gate reads one state while the next is made.
    private volatile RaisedBarState _state = RaisedBarState.Empty;

    public string Part => "outside/1";

    /// <summary>What the model had read when it made a call; null when there is nothing, or nothing that this call could tell it.</summary>
    /// <param name="replyId">The reply that made the call: what came in beside it had not been read.</param>
    /// <param name="key">The call.</param>
    public string? SourceBefore(string replyId, PermissionKey key) => SourceBefore(_state, replyId, key);

    private static string? SourceBefore(RaisedBarState state, string replyId, PermissionKey key)
    {
        string? source = null;
        foreach (var read in state.Reads)
        {
            if (read.ReplyId == replyId)
            {
                continue;
            }

            // An address that stood there, word for word, carries nothing out that the model has added.
            if (key.Address is { } address && read.Links.Contains(OutsideLinks.Print(address)))
            {
                return null;
            }

            source = read.Source;
        }

        return source;
    }

    /// <summary>The same for a call inside another one, as a sub-agent makes it.</summary>
    public string? SourceBeforeCall(string callId, PermissionKey key) =>
        SourceBefore(_state.Replies.GetValueOrDefault(callId, ""), key);

    /// <summary>The same as things stand now, for what goes on when the call has its result: it learns nothing of what is read then.</summary>
    public Func<PermissionKey, string?> AsOf(string callId)
    {
        var state = _state;
        return key => SourceBefore(state, state.Replies.GetValueOrDefault(callId, ""), key);
    }

    public void Apply(EventEnvelope happened) =>
        _state = happened.Event switch
        {
            // Words that waited were said before, when they were accepted.
            TurnStarted { QueuedId: null } turn => Brought(_state with { Reads = [] }, turn.Attachments, turn.Command),
            TurnStarted turn => Brought(_state, turn.Attachments, turn.Command),
            Steer { State: SteerState.Accepted } => _state with { Reads = [] },
            Steer { State: SteerState.Delivered, Input: { } input } => Brought(_state, input, command: null),
            ToolCallStarted call => _state with { Replies = _state.Replies.SetItem(call.CallId, call.ReplyId) },
            ToolCallEnded ended => Ended(_state, ended),
            // Nobody knows which reply has read it: it counts for each that follows.
            BackgroundEnded { Source: { } source, Result: { } result } => Read(_state, source, "", result),
            PermissionAsked { Source: not null } asked => _state with
            {
                Asked = _state.Asked.SetItem(asked.CallId, _state.Count),
            },
            PermissionAnswered answered => Answered(_state, answered),
            _ => _state,
        };

    public JsonElement Save() => JsonSerializer.SerializeToElement(_state, SavedState.Json.RaisedBarState);

    public Action Load(JsonElement saved)
    {
        var state = SavedState.Read(saved, SavedState.Json.RaisedBarState);
        return () => _state = state;
    }

    /// <summary>What a prompt itself brings in: a resource that it points at, and a text that a server wrote.</summary>
    private static RaisedBarState Brought(
        RaisedBarState state,
        ImmutableArray<InputPart>? attached,
        SentCommand? command
    )
    {
        foreach (var resource in (attached ?? []).OfType<ResourcePart>().Where(static part => part.IsTrusted != true))
        {
            state = Read(state, PromptMessage.SourceOf(resource), replyId: "", resource.Text);
        }

        return command?.Source is { } source ? Read(state, source, replyId: "", command.Text) : state;
    }

    private static RaisedBarState Read(RaisedBarState state, string source, string replyId, string text) =>
        state with
        {
            Count = state.Count + 1,
            Reads = state.Reads.Add(new OutsideRead(state.Count + 1, source, replyId, OutsideLinks.In(text, source))),
        };

    private static RaisedBarState Ended(RaisedBarState state, ToolCallEnded ended)
    {
        var replyId = state.Replies.GetValueOrDefault(ended.CallId, "");
        var next = state with
        {
            Replies = state.Replies.Remove(ended.CallId),
            Asked = state.Asked.Remove(ended.CallId),
        };
        return ended.Source is { } source ? Read(next, source, replyId, ended.Text) : next;
    }

    /// <summary>A yes is about what the question could name, not about what came in while it was open, or beside the call.</summary>
    private static RaisedBarState Answered(RaisedBarState state, PermissionAnswered answered)
    {
        if (!state.Asked.TryGetValue(answered.CallId, out var known))
        {
            return state;
        }

        var replyId = state.Replies.GetValueOrDefault(answered.CallId, "");
        var next = state with { Asked = state.Asked.Remove(answered.CallId) };
        return answered.Decision != PermissionDecision.Allow
            ? next
            : next with
            {
                Reads = next.Reads.RemoveAll(read => read.Number <= known && read.ReplyId != replyId),
            };
    }
}

/// <summary>One result with content from outside.</summary>
/// <param name="Number">Counts those of the session.</param>
/// <param name="Source">Where it came from.</param>
/// <param name="ReplyId">The reply whose call brought it in.</param>
/// <param name="Links">Prints of the addresses in it that are of the same host.</param>
internal sealed record OutsideRead(long Number, string Source, string ReplyId, ImmutableArray<string> Links);

/// <summary>What <see cref="RaisedBar"/> saves.</summary>
/// <param name="Reads">Since the user last spoke.</param>
/// <param name="Count">Of all there ever were.</param>
/// <param name="Asked">Open questions that named a source, with the count at that moment.</param>
/// <param name="Replies">Of the calls without a result.</param>
internal sealed record RaisedBarState(
    ImmutableArray<OutsideRead> Reads,
    long Count,
    ImmutableSortedDictionary<string, long> Asked,
    ImmutableSortedDictionary<string, string> Replies
)
{
    public static RaisedBarState Empty { get; } =
        new(
            [],
            0,
            ImmutableSortedDictionary.Create<string, long>(StringComparer.Ordinal),
            ImmutableSortedDictionary.Create<string, string>(StringComparer.Ordinal)
        );
}
