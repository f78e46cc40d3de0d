namespace Sage.Protocol;

/// <summary>The name of every Sage request and notification on the wire, each written once.</summary>
public static class Methods
{
    /// <summary>Client → server, long-running: runs one turn and answers when it has ended.</summary>
    public const string RunTurn = "sage/turn/run";

    /// <summary>Client → server: the second Stop, which waits for nothing.</summary>
    public const string ResumeTurn = "sage/turn/resume";
    public const string KillTurn = "sage/turn/kill";

    /// <summary>Client → server: words for the turn that runs.</summary>
    public const string SteerTurn = "sage/turn/steer";

    /// <summary>Client → server: a prompt that waits for a turn of its own.</summary>
    public const string QueuePrompt = "sage/turn/queue";

    /// <summary>Client → server: other words for what waits.</summary>
    public const string EditQueued = "sage/turn/editQueued";

    /// <summary>Client → server: takes back what waits.</summary>
    public const string RemoveQueued = "sage/turn/removeQueued";

    /// <summary>Client → server: the order of what waits.</summary>
    public const string ReorderQueued = "sage/turn/reorderQueued";

    /// <summary>Client → server: makes a new, empty session.</summary>
    public const string CreateSession = "sage/session/create";

    /// <summary>Client → server: the sessions of the workspace, newest first.</summary>
    public const string ListSessions = "sage/session/list";

    /// <summary>Client → server: loads a session and returns its events.</summary>
    public const string CompactSession = "sage/session/compact";
    public const string OpenSession = "sage/session/open";

    /// <summary>Client → server: what runs in the background of a session.</summary>
    public const string ListBackground = "sage/background/list";

    /// <summary>Client → server: ends one background task.</summary>
    public const string StopBackground = "sage/background/stop";

    /// <summary>Client → server: the end of what a background task has said.</summary>
    public const string ReadBackgroundOutput = "sage/background/output";

    /// <summary>Client → server: makes the command of a running call a background task.</summary>
    public const string MoveToBackground = "sage/command/background";

    /// <summary>Server → client notification: one <see cref="Events.EventEnvelope"/>.</summary>
    public const string Event = "sage/event";

    /// <summary>Server → client: may this tool call run?</summary>
    public const string RequestPermission = "sage/permission/request";

    /// <summary>Server → client: questions the model puts to the user.</summary>
    public const string AskQuestion = "sage/question/ask";

    /// <summary>Client → server: the models that can be chosen, and which one is.</summary>
    public const string ListModels = "sage/model/list";

    /// <summary>Client → server: the model that new turns use.</summary>
    public const string SelectModel = "sage/model/select";

    /// <summary>Client → server: hands over (or forgets) an API key. Keys travel only here.</summary>
    public const string SetModelKey = "sage/model/setKey";

    /// <summary>Client → server, long-running: rewrites a range; text streams as <c>$/progress</c> partial results.</summary>
    public const string RunInlineEdit = "sage/inlineEdit/run";

    /// <summary>Client → server: everything that runs in the server.</summary>
    public const string RuntimeSnapshot = "sage/runtime/snapshot";

    /// <summary>Server → client: save this open document (it was clean before Sage edited it).</summary>
    public const string SaveDocument = "sage/document/save";
}
