using System.Collections.Immutable;
using System.Text.Json;
using System.Text.Json.Serialization;
using Sage.Protocol.Commands;
using Sage.Protocol.Json;
using Sage.Protocol.Permissions;
using Sage.Protocol.Turns;

namespace Sage.Protocol.Events;

/// <summary>Always the first event of a journal.</summary>
/// <param name="Version">The journal's format. 2 may hold snapshots between its events; 1 held none.</param>
/// <param name="Workspace">Absolute path of the workspace root.</param>
/// <param name="ForkedFrom">The session it was made of.</param>
public sealed record SessionCreated(int Version, string Workspace, ForkOrigin? ForkedFrom = null) : DurableEvent
{
    /// <summary>What this version of Sage writes; it reads every one before.</summary>
    public const int CurrentVersion = 2;
}

/// <summary>Where a session was forked off.</summary>
/// <param name="SessionId">The session it was made of, which may be gone.</param>
/// <param name="Seq">The last event of that session which is also in this one.</param>
public sealed record ForkOrigin(string SessionId, long Seq);

/// <param name="TurnId">Unique in the session.</param>
/// <param name="Prompt">The user's words, as they were typed.</param>
/// <param name="Mode">The permission mode of the turn.</param>
/// <param name="Model">The id of the model that answers.</param>
/// <param name="Attachments">What came with the words, files as they were read then.</param>
/// <param name="QueuedId">The queued prompt that this is; it does not wait any more.</param>
/// <param name="Command">What the model reads instead, when the words were a command.</param>
public sealed record TurnStarted(
    string TurnId,
    string Prompt,
    PermissionMode Mode,
    string Model,
    ImmutableArray<InputPart>? Attachments = null,
    string? QueuedId = null,
    SentCommand? Command = null
) : DurableEvent;

/// <summary>Words that the user sent beside the running turn got further.</summary>
/// <param name="Id">Unique in the session. Accepted again, it was edited, or its kind changed.</param>
/// <param name="State">How far they got.</param>
/// <param name="Kind">Where they go.</param>
/// <param name="Input">What they say; on delivery, files as they were read then. Absent when dropped.</param>
public sealed record Steer(string Id, SteerState State, SteerKind Kind, ImmutableArray<InputPart>? Input = null)
    : DurableEvent;

/// <summary>What waits has a new order.</summary>
/// <param name="Ids">First these, in this order; then the rest.</param>
public sealed record QueueReordered(ImmutableArray<string> Ids) : DurableEvent;

/// <summary>A reply of the model is complete, or was cut off. Its tool calls carry the same <paramref name="ReplyId"/>.</summary>
/// <param name="ReplyId">Unique in the session.</param>
/// <param name="StopReason">Why the model stopped.</param>
/// <param name="Text">The whole text.</param>
/// <param name="Reasoning">Reasoning blocks, with what the wire format needs to send them back.</param>
public sealed record ReplyEnded(
    string ReplyId,
    StopReason StopReason,
    string Text,
    ImmutableArray<ReasoningBlock>? Reasoning = null
) : DurableEvent;

/// <param name="Text">For people.</param>
/// <param name="Signature">Opaque; returned to the provider as it came (Anthropic).</param>
public sealed record ReasoningBlock(string Text, string? Signature = null);

[JsonConverter(typeof(CamelCaseEnumConverter<StopReason>))]
public enum StopReason
{
    /// <summary>The model was done.</summary>
    EndTurn,
    ToolCalls,
    MaxTokens,
    ContentFilter,
    Refusal,

    /// <summary>The user stopped it; the text is what had arrived.</summary>
    Interrupted,

    /// <summary>The connection or the provider failed; the text is what had arrived.</summary>
    Failed,
    Unknown,
}

/// <summary>A call's arguments are complete. Calls appear in the order in which the model made them.</summary>
/// <param name="CallId">Unique in the session.</param>
/// <param name="ReplyId">The reply that made it; the turn, when it is a line of a command file.</param>
/// <param name="Name">The tool's name, as the model wrote it.</param>
/// <param name="Title">One line for people.</param>
/// <param name="Input">The arguments; an empty object when the model wrote no valid JSON object.</param>
public sealed record ToolCallStarted(string CallId, string ReplyId, string Name, string Title, JsonElement Input)
    : DurableEvent;

/// <summary>The one result of a call. Results are in call order.</summary>
/// <param name="CallId">The call.</param>
/// <param name="Status">How it ended.</param>
/// <param name="Text">What the model reads.</param>
/// <param name="DurationMs">Milliseconds from the start of the tool's own work to its end; 0 when it never ran.</param>
/// <param name="Images">Images the model sees.</param>
/// <param name="Source">
/// Where the content comes from that it brought in from outside. Until the user speaks again, what the model does on its word is
/// asked. Absent for what is the workspace's own, and for sources that the user trusts.
/// </param>
public sealed record ToolCallEnded(
    string CallId,
    ToolCallStatus Status,
    string Text,
    long DurationMs,
    ImmutableArray<ImagePart>? Images = null,
    string? Source = null
) : DurableEvent;

[JsonConverter(typeof(CamelCaseEnumConverter<ToolCallStatus>))]
public enum ToolCallStatus
{
    Ok,
    Error,
    Denied,
    TimedOut,
    Cancelled,
    Crashed,
}

/// <param name="CallId">The call that waits.</param>
/// <param name="Rule">The rule a grant would save.</param>
/// <param name="Source">What from outside the model had read, when the question says so.</param>
public sealed record PermissionAsked(string CallId, string Rule, string? Source = null) : DurableEvent;

/// <param name="CallId">The call.</param>
/// <param name="Decision">Allow or deny.</param>
/// <param name="Scope">How long the grant holds.</param>
/// <param name="Rule">The rule that was granted, when the scope is wider than once.</param>
/// <param name="Input">The arguments that the user put in place of the model's.</param>
public sealed record PermissionAnswered(
    string CallId,
    PermissionDecision Decision,
    GrantScope Scope,
    string? Rule = null,
    JsonElement? Input = null
) : DurableEvent;

/// <summary>The whole plan as it now is.</summary>
public sealed record PlanUpdated(ImmutableArray<PlanItem> Items) : DurableEvent;

public sealed record PlanItem(string Text, PlanItemStatus Status);

[JsonConverter(typeof(SnakeCaseEnumConverter<PlanItemStatus>))]
public enum PlanItemStatus
{
    Pending,
    InProgress,
    Completed,
}

/// <param name="CallId">The call that changed it.</param>
/// <param name="Path">Relative to the workspace root, with forward slashes.</param>
/// <param name="Kind">What happened to the file.</param>
/// <param name="Hunks">What changed; empty for what is no text, or too long to show.</param>
/// <param name="Before">What it held; absent when it did not exist, and when that could not be kept.</param>
/// <param name="After">What it holds now; absent when it does not exist, and when that could not be kept.</param>
public sealed record FileChanged(
    string CallId,
    string Path,
    FileChangeKind Kind,
    ImmutableArray<Hunk> Hunks,
    FileImage? Before = null,
    FileImage? After = null
) : DurableEvent;

/// <summary>What a file held, kept with the session so that it can be had back.</summary>
/// <param name="Hash">SHA-256 of its bytes in lower-case hexadecimal; of unsaved text in the editor, as UTF-8.</param>
/// <param name="Size">Bytes.</param>
/// <param name="Mode">Unix permission bits; absent on Windows and for unsaved text.</param>
public sealed record FileImage(string Hash, long Size, int? Mode = null);

[JsonConverter(typeof(CamelCaseEnumConverter<FileChangeKind>))]
public enum FileChangeKind
{
    Created,
    Modified,
    Deleted,
}

/// <summary>A change to one file, before or after it is made.</summary>
public sealed record FileDiff(string Path, FileChangeKind Kind, ImmutableArray<Hunk> Hunks);

/// <summary>One hunk of a unified diff.</summary>
/// <param name="OldStart">1-based line in the old text (0 when the old text is empty).</param>
/// <param name="OldLines">Lines of the old text it covers.</param>
/// <param name="NewStart">1-based line in the new text (0 when the new text is empty).</param>
/// <param name="NewLines">Lines of the new text it covers.</param>
/// <param name="Lines">Each starts with a space, <c>+</c> or <c>-</c>; no line endings.</param>
public sealed record Hunk(int OldStart, int OldLines, int NewStart, int NewLines, ImmutableArray<string> Lines);

/// <summary>Tokens of one model request.</summary>
/// <param name="ReplyId">The reply it gave.</param>
/// <param name="Usage">What it used.</param>
/// <param name="Model">Who was asked, a model id; absent in older journals.</param>
public sealed record UsageReported(string ReplyId, TokenUsage Usage, string? Model = null) : DurableEvent;

/// <summary>A tool has had a model asked beside the conversation: it reads, say, a long page, so that the conversation need not.</summary>
/// <param name="CallId">The call.</param>
/// <param name="Model">Who was asked, a model id.</param>
/// <param name="Usage">What it used.</param>
public sealed record ModelAsked(string CallId, string Model, TokenUsage Usage) : DurableEvent;

/// <summary>
/// The conversation was made shorter, because the model's context was full or the user asked. Without a summary, long results of
/// tools were left out of all but the newest passages (a prompt, or a reply with its results); with one, it stands for all but
/// these.
/// </summary>
/// <param name="Kept">How many of the newest passages stayed as they were.</param>
/// <param name="Reason">Why.</param>
/// <param name="TokensBefore">About.</param>
/// <param name="TokensAfter">About.</param>
/// <param name="Summary">What the model reads instead of the older passages.</param>
/// <param name="Usage">Tokens of the request that summarised.</param>
public sealed record Compacted(
    int Kept,
    CompactionReason Reason,
    long TokensBefore,
    long TokensAfter,
    string? Summary = null,
    TokenUsage? Usage = null
) : DurableEvent;

/// <summary>Why a conversation is made shorter.</summary>
[JsonConverter(typeof(CamelCaseEnumConverter<CompactionReason>))]
public enum CompactionReason
{
    /// <summary>The next request would nearly have filled the model's context.</summary>
    Full,

    /// <summary>The provider said that the request was too long.</summary>
    Overflow,

    /// <summary>The user asked for it.</summary>
    Requested,
}

/// <summary>The session has a name. One that the user gave holds, whatever a model says later.</summary>
/// <param name="Title">One line, at most 80 characters.</param>
/// <param name="Usage">Tokens of the request that named it.</param>
/// <param name="By">Who named it.</param>
public sealed record SessionTitled(string Title, TokenUsage? Usage = null, TitledBy By = TitledBy.Model) : DurableEvent;

/// <summary>Who gave a session its name.</summary>
[JsonConverter(typeof(CamelCaseEnumConverter<TitledBy>))]
public enum TitledBy
{
    /// <summary>A small model, from the first prompt.</summary>
    Model,

    /// <summary>The user, or a fork, which is called after what it was forked from.</summary>
    User,
}

/// <summary>The user has chosen a model for this session, whatever is chosen elsewhere.</summary>
/// <param name="Model">A model id.</param>
public sealed record ModelChosen(string Model) : DurableEvent;

/// <summary>Something the user should know that is not the model's words.</summary>
public sealed record Notice(string Text) : DurableEvent;

/// <summary>Always the last event of a turn.</summary>
/// <param name="TurnId">The turn.</param>
/// <param name="Outcome">Why it ended.</param>
/// <param name="Usage">Tokens of the whole turn.</param>
/// <param name="Error">Set when it failed.</param>
/// <param name="Stopped">What was still running when it was stopped.</param>
public sealed record TurnEnded(
    string TurnId,
    TurnOutcome Outcome,
    TokenUsage Usage,
    TurnError? Error = null,
    ImmutableArray<StoppedWork>? Stopped = null
) : DurableEvent;
