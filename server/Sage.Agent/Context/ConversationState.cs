using System.Collections.Immutable;
using System.Text.Json;
using System.Text.Json.Serialization;
using Sage.Agent.EditorKnowledge;
using Sage.Agent.Hooks;
using Sage.Agent.Sessions.State;
using Sage.Protocol.Events;
using Sage.Protocol.Permissions;
using Sage.Protocol.Turns;

namespace Sage.Agent.Context;

/// <summary>What <see cref="Conversation"/> saves.</summary>
/// <param name="OpenReply">The id of the reply that is not complete.</param>
internal sealed record ConversationState(
    ImmutableArray<PassageState> Passages,
    ImmutableArray<string> CallIds,
    ImmutableSortedDictionary<string, string> Background,
    ImmutableArray<string> GrantedRules,
    WorkFactsState Work,
    ImmutableArray<WaitingPrompt> Waiting,
    ImmutableArray<string> KnownPrompts,
    PermissionMode LastMode,
    int Turns,
    int Replies,
    decimal Cost,
    bool Interrupted,
    string? ChosenModel = null,
    string? OpenReply = null,
    int Subagents = 0
);

/// <summary>One <see cref="Passage"/>, saved.</summary>
[JsonPolymorphic(TypeDiscriminatorPropertyName = "type")]
[JsonDerivedType(typeof(PromptState), "prompt")]
[JsonDerivedType(typeof(ReplyState), "reply")]
[JsonDerivedType(typeof(SummaryState), "summary")]
[JsonDerivedType(typeof(BackgroundNewsState), "background")]
[JsonDerivedType(typeof(RestoreNewsState), "restore")]
[JsonDerivedType(typeof(HookNewsState), "hook")]
[JsonDerivedType(typeof(LateDiagnosticsState), "diagnostics")]
internal abstract record PassageState
{
    public abstract Passage Restore();
}

internal sealed record PromptState(string Text, ImmutableArray<ImagePart> Images) : PassageState
{
    public override Passage Restore() => new Prompt(PromptMessage.Create(Text, Images));
}

internal sealed record ReplyState(
    string Id,
    ImmutableArray<ToolCallStarted> Calls,
    ImmutableArray<ToolCallEnded> Results,
    ReplyEnded? Ended = null
) : PassageState
{
    public override Passage Restore() => new Reply(this);
}

internal sealed record SummaryState(string Text, string Facts) : PassageState
{
    public override Passage Restore() => new Compaction.Summary(Text, Facts);
}

internal sealed record BackgroundNewsState(string Title, BackgroundEnded Ended) : PassageState
{
    public override Passage Restore() => new BackgroundNews(Title, Ended);
}

internal sealed record RestoreNewsState(FilesRestored Restored) : PassageState
{
    public override Passage Restore() => new RestoreNews(Restored);
}

internal sealed record HookNewsState(HookRan Ran) : PassageState
{
    public override Passage Restore() => new HookNews(Ran);
}

internal sealed record LateDiagnosticsState(DiagnosticsArrived Arrived) : PassageState
{
    public override Passage Restore() => new LateDiagnostics(Arrived);
}

/// <summary>What <see cref="Compaction.WorkFacts"/> saves.</summary>
internal sealed record WorkFactsState(
    ImmutableArray<string> Changed,
    ImmutableArray<string> Read,
    ImmutableArray<string> Commands,
    ImmutableArray<PlanItem> Plan,
    string Request,
    string? ProposedPlan = null,
    string? AcceptedPlan = null
);

/// <content>How it is saved.</content>
internal sealed partial class Conversation
{
    public JsonElement Save()
    {
        lock (_passages)
        {
            return JsonSerializer.SerializeToElement(State(), SavedState.Json.ConversationState);
        }
    }

    public Action Load(JsonElement saved)
    {
        var state = SavedState.Read(saved, SavedState.Json.ConversationState);
        var passages = state.Passages.Select(passage => passage.Restore()).ToList();
        return () => Restore(state, passages);
    }

    private ConversationState State() =>
        new(
            [.. _passages.Select(passage => passage.Save())],
            [.. _callIds],
            _background.ToImmutableSortedDictionary(StringComparer.Ordinal),
            [.. _grantedRules],
            _facts.Save(),
            Waiting.InOrder,
            [.. Waiting.Known],
            LastMode,
            Turns,
            Replies,
            Cost,
            _interrupted,
            ChosenModel,
            _open?.Id,
            Subagents
        );

    private void Restore(ConversationState state, List<Passage> passages)
    {
        lock (_passages)
        {
            _passages.AddRange(passages);
            foreach (var reply in passages.OfType<Reply>())
            {
                reply.CallIds.ToList().ForEach(callId => _replyOfCall[callId] = reply);
            }

            _callIds.UnionWith(state.CallIds);
            state.Background.ToList().ForEach(task => _background[task.Key] = task.Value);
            _grantedRules.UnionWith(state.GrantedRules);
            _facts.Restore(state.Work);
            Waiting = new WaitingPrompts(state.Waiting, Waiting.Known.Union(state.KnownPrompts));
            (LastMode, Turns, Replies, Cost) = (state.LastMode, state.Turns, state.Replies, state.Cost);
            (_interrupted, ChosenModel, Subagents) = (state.Interrupted, state.ChosenModel, state.Subagents);
            _open = passages.OfType<Reply>().LastOrDefault(reply => reply.Id == state.OpenReply);
        }
    }
}
