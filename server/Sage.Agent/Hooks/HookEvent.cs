using System.Collections.Immutable;
using System.Text.Json;
using Sage.Agent.Permissions;
using Sage.Protocol.Events;
using Sage.Protocol.Hooks;
using Sage.Protocol.Permissions;

namespace Sage.Agent.Hooks;

/// <summary>Something that hooks are run for. Closed: every member is listed here.</summary>
/// <param name="Scene">Where it happens.</param>
public abstract record HookEvent(HookScene Scene)
{
    public abstract HookMoment Moment { get; }

    /// <summary>What matchers are matched with; null where there is nothing to choose by.</summary>
    public virtual string? Subject => null;

    /// <summary>The call that it is about.</summary>
    public virtual HookCall? Call => null;

    /// <param name="Scene">Where.</param>
    /// <param name="Source"><c>startup</c>, <c>resume</c> or <c>compact</c>.</param>
    public sealed record SessionStarted(HookScene Scene, string Source) : HookEvent(Scene)
    {
        public override HookMoment Moment => HookMoment.SessionStart;

        public override string Subject => Source;
    }

    /// <summary>The session is closed.</summary>
    public sealed record SessionEnded(HookScene Scene) : HookEvent(Scene)
    {
        /// <summary>The only one there is.</summary>
        public const string Reason = "other";

        public override HookMoment Moment => HookMoment.SessionEnd;

        public override string Subject => Reason;
    }

    /// <param name="Scene">Where.</param>
    /// <param name="Prompt">The user's words.</param>
    public sealed record PromptSubmitted(HookScene Scene, string Prompt) : HookEvent(Scene)
    {
        public override HookMoment Moment => HookMoment.UserPromptSubmit;
    }

    /// <summary>Before a call.</summary>
    public sealed record BeforeTool(HookScene Scene, HookCall Of) : HookEvent(Scene)
    {
        public override HookMoment Moment => HookMoment.PreToolUse;

        public override string Subject => Of.Tool;

        public override HookCall Call => Of;
    }

    /// <summary>After a call that has run.</summary>
    public sealed record AfterTool(HookScene Scene, HookCall Of, ToolCallStatus Status, string Text) : HookEvent(Scene)
    {
        public override HookMoment Moment =>
            Status == ToolCallStatus.Ok ? HookMoment.PostToolUse : HookMoment.PostToolUseFailure;

        public override string Subject => Of.Tool;

        public override HookCall Call => Of;
    }

    /// <summary>The user is about to be asked.</summary>
    public sealed record PermissionNeeded(HookScene Scene, HookCall Of) : HookEvent(Scene)
    {
        public override HookMoment Moment => HookMoment.PermissionRequest;

        public override string Subject => Of.Tool;

        public override HookCall Call => Of;
    }

    /// <param name="Scene">Where.</param>
    /// <param name="Of">The call.</param>
    /// <param name="Message">What a person would be told.</param>
    public sealed record UserAsked(HookScene Scene, HookCall Of, string Message) : HookEvent(Scene)
    {
        /// <summary>The only one there is.</summary>
        public const string Kind = "permission_prompt";

        public override HookMoment Moment => HookMoment.Notification;

        public override string Subject => Kind;
    }

    /// <param name="Scene">Where.</param>
    /// <param name="Trigger"><c>manual</c> or <c>auto</c>.</param>
    public sealed record BeforeCompaction(HookScene Scene, string Trigger) : HookEvent(Scene)
    {
        public override HookMoment Moment => HookMoment.PreCompact;

        public override string Subject => Trigger;
    }

    /// <param name="Scene">Where; of a sub-agent it is that one's end.</param>
    /// <param name="WasKept">True when hooks have made it go on once already.</param>
    /// <param name="LastReply">What the model said last.</param>
    public sealed record TurnEnding(HookScene Scene, bool WasKept, string LastReply) : HookEvent(Scene)
    {
        public override HookMoment Moment => Scene.Agent is null ? HookMoment.Stop : HookMoment.SubagentStop;

        public override string? Subject => Scene.Agent?.Kind;
    }
}

/// <summary>Where something happens that hooks are run for.</summary>
/// <param name="SessionId">The session.</param>
/// <param name="Mode">The turn's.</param>
/// <param name="Agent">The sub-agent; null for the session's own agent.</param>
public sealed record HookScene(string SessionId, PermissionMode Mode, HookAgent? Agent = null)
{
    /// <summary>Shows a process among what runs, until the result is disposed.</summary>
    public Func<int, string, IDisposable> StartProcess { get; init; } =
        static (_, _) => new CancellationTokenRegistration();
}

/// <param name="CallId">The call that runs it.</param>
/// <param name="Kind">What it is.</param>
public sealed record HookAgent(string CallId, string Kind);

/// <summary>A call as hooks see it.</summary>
/// <param name="CallId">Unique in the session.</param>
/// <param name="Tool">The tool's name.</param>
/// <param name="Input">Its arguments.</param>
/// <param name="Files">What it names on the disk; absolute.</param>
/// <param name="Permission">What rules are matched with.</param>
public sealed record HookCall(
    string CallId,
    string Tool,
    JsonElement Input,
    ImmutableArray<string> Files,
    PermissionKey Permission
);
