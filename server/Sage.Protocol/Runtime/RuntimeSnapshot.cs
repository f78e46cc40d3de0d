using System.Collections.Immutable;
using System.Text.Json.Serialization;
using MediatR;
using Sage.Protocol.Json;

namespace Sage.Protocol.Runtime;

/// <summary><see cref="Methods.RuntimeSnapshot"/>: what runs in the server at this moment.</summary>
public sealed record RuntimeSnapshotParams : IRequest<RuntimeSnapshotResult>;

/// <param name="Process">The server itself.</param>
/// <param name="Sessions">The open sessions.</param>
/// <param name="Work">Everything that runs; a parent stands before its parts.</param>
public sealed record RuntimeSnapshotResult(
    ServerProcess Process,
    ImmutableArray<OpenSession> Sessions,
    ImmutableArray<RunningWork> Work
);

/// <param name="Pid">Process id.</param>
/// <param name="Version">Of Sage.</param>
/// <param name="UptimeMs">Milliseconds since it started.</param>
/// <param name="WorkingSetBytes">Memory the operating system gives it.</param>
/// <param name="HeapBytes">Managed memory.</param>
/// <param name="ThreadCount">Threads of the pool.</param>
/// <param name="PendingWorkItems">What waits for a thread of the pool.</param>
public sealed record ServerProcess(
    int Pid,
    string Version,
    long UptimeMs,
    long WorkingSetBytes,
    long HeapBytes,
    int ThreadCount,
    long PendingWorkItems
);

/// <param name="SessionId">The session.</param>
/// <param name="Running">True while a turn runs.</param>
/// <param name="WaitingPrompts">Steers and queued prompts that no model has read yet.</param>
/// <param name="UnsentEvents">Events on their way to the client.</param>
public sealed record OpenSession(string SessionId, bool Running, int WaitingPrompts, int UnsentEvents);

/// <summary>One thing that runs.</summary>
/// <param name="Id">Unique in the life of the server.</param>
/// <param name="Kind">What sort of thing.</param>
/// <param name="What">For people: <c>run_command: npm test</c>.</param>
/// <param name="State">What it does or waits for.</param>
/// <param name="AgeMs">Milliseconds since it started.</param>
/// <param name="ParentId">What it is a part of; absent for a turn.</param>
/// <param name="SessionId">The session it belongs to.</param>
/// <param name="CallId">The tool call that it is.</param>
/// <param name="Pid">The operating system's process, for a command.</param>
public sealed record RunningWork(
    long Id,
    WorkKind Kind,
    string What,
    WorkState State,
    long AgeMs,
    long? ParentId = null,
    string? SessionId = null,
    string? CallId = null,
    int? Pid = null
);

/// <summary>What sort of thing runs.</summary>
[JsonConverter(typeof(CamelCaseEnumConverter<WorkKind>))]
public enum WorkKind
{
    Turn,
    ModelRequest,
    ToolCall,
    Process,
    InlineEdit,

    /// <summary>It belongs to a session, not to a turn.</summary>
    BackgroundTask,
}

/// <summary>What running work does, or waits for.</summary>
[JsonConverter(typeof(CamelCaseEnumConverter<WorkState>))]
public enum WorkState
{
    Running,

    /// <summary>A model request: nothing came back yet.</summary>
    Connecting,

    /// <summary>A model request: waits until it may be sent again.</summary>
    BackingOff,

    /// <summary>A model request: the reply arrives.</summary>
    Streaming,

    /// <summary>A tool call: an earlier call conflicts with it, or too many run.</summary>
    WaitingForCalls,

    /// <summary>A tool call: the user has to allow it.</summary>
    WaitingForUser,

    /// <summary>A tool call: another session writes what it needs.</summary>
    WaitingForWorkspace,

    /// <summary>It was told to end.</summary>
    Stopping,
}
