using System.Text.Json.Serialization;

namespace Sage.Protocol.Events;

/// <summary>
/// The one event vocabulary: streamed to the editor, appended to the journal and replayed into the webview.
/// Closed: every member is listed here.
/// </summary>
[JsonPolymorphic(TypeDiscriminatorPropertyName = "type")]
[JsonDerivedType(typeof(SessionCreated), "sessionCreated")]
[JsonDerivedType(typeof(TurnStarted), "turnStarted")]
[JsonDerivedType(typeof(ReplyEnded), "replyEnded")]
[JsonDerivedType(typeof(ToolCallStarted), "toolCallStarted")]
[JsonDerivedType(typeof(ToolCallEnded), "toolCallEnded")]
[JsonDerivedType(typeof(PermissionAsked), "permissionAsked")]
[JsonDerivedType(typeof(PermissionAnswered), "permissionAnswered")]
[JsonDerivedType(typeof(PlanProposed), "planProposed")]
[JsonDerivedType(typeof(PlanAnswered), "planAnswered")]
[JsonDerivedType(typeof(PlanUpdated), "planUpdated")]
[JsonDerivedType(typeof(Steer), "steer")]
[JsonDerivedType(typeof(QueueReordered), "queueReordered")]
[JsonDerivedType(typeof(FileChanged), "fileChanged")]
[JsonDerivedType(typeof(HunksKept), "hunksKept")]
[JsonDerivedType(typeof(FilesRestored), "filesRestored")]
[JsonDerivedType(typeof(UsageReported), "usage")]
[JsonDerivedType(typeof(ModelAsked), "modelAsked")]
[JsonDerivedType(typeof(ModelChosen), "modelChosen")]
[JsonDerivedType(typeof(SessionTitled), "sessionTitled")]
[JsonDerivedType(typeof(Compacted), "compacted")]
[JsonDerivedType(typeof(Notice), "notice")]
[JsonDerivedType(typeof(TurnEnded), "turnEnded")]
[JsonDerivedType(typeof(BackgroundStarted), "backgroundStarted")]
[JsonDerivedType(typeof(BackgroundEnded), "backgroundEnded")]
[JsonDerivedType(typeof(SubagentEvent), "subagent")]
[JsonDerivedType(typeof(HookRan), "hookRan")]
[JsonDerivedType(typeof(DiagnosticsArrived), "diagnosticsArrived")]
[JsonDerivedType(typeof(TextDelta), "textDelta")]
[JsonDerivedType(typeof(ReasoningDelta), "reasoningDelta")]
[JsonDerivedType(typeof(ToolCallDelta), "toolCallDelta")]
[JsonDerivedType(typeof(ToolOutput), "toolOutput")]
[JsonDerivedType(typeof(ToolCallSettled), "toolCallSettled")]
[JsonDerivedType(typeof(Retrying), "retrying")]
[JsonDerivedType(typeof(Compacting), "compacting")]
[JsonDerivedType(typeof(Stopping), "stopping")]
[JsonDerivedType(typeof(WorkStopped), "workStopped")]
[JsonDerivedType(typeof(BackgroundOutput), "backgroundOutput")]
[JsonDerivedType(typeof(SubagentDelta), "subagentDelta")]
public abstract record SessionEvent
{
    private protected SessionEvent() { }
}

/// <summary>Journalled, numbered, and enough to rebuild the session.</summary>
public abstract record DurableEvent : SessionEvent
{
    private protected DurableEvent() { }
}

/// <summary>Streamed only: what it says is repeated by a durable event, or is of no use afterwards.</summary>
public abstract record TransientEvent : SessionEvent
{
    private protected TransientEvent() { }
}
