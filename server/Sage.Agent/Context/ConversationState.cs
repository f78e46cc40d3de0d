using System.Collections.Immutable;
using System.Text.Json.Serialization;
using Sage.Agent.Hooks;
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
