using System.Collections.Immutable;
using System.Text.Json;
using Sage.Agent.Permissions;
using Sage.Protocol.Events;

namespace Sage.Agent.ToolCalls;

/// <summary>Something the model can call. Port: implemented in Sage.Tools and Sage.Extensibility.</summary>
public interface ITool
{
    ToolDefinition Definition { get; }

    /// <summary>False leaves it out of the list, because it is not set up here. Asked once, when the list is made.</summary>
    bool IsAvailable => true;

    /// <summary>True for what is offered in plan mode only, behind everything else: what stands before it is the same in every mode.</summary>
    bool IsForPlanning => false;

    /// <summary>Reads the arguments. Pure and fast: no I/O. A mistake of the model is <see cref="Preparation.Rejected"/>.</summary>
    Preparation Prepare(JsonElement input, ToolContext context);
}

/// <summary>What the model is told about a tool, and how the pipeline treats it.</summary>
/// <param name="Name">snake_case verb.</param>
/// <param name="Description">Short; every word is paid for on each request.</param>
/// <param name="InputSchema">JSON Schema of the arguments.</param>
/// <param name="Timeout">How long a call may run, unless it says otherwise.</param>
/// <param name="OutputBudget">Characters of output the model gets to read; the rest goes to a spill file.</param>
public sealed record ToolDefinition(
    string Name,
    string Description,
    JsonElement InputSchema,
    TimeSpan Timeout,
    int OutputBudget = 30_000
);

/// <summary>A call whose arguments are understood, or the reason why not.</summary>
public abstract record Preparation
{
    private Preparation() { }

    /// <param name="Error">Names the parameter and shows the schema; the model reads it.</param>
    public sealed record Rejected(string Error) : Preparation;

    /// <param name="Bug">What the tool threw over the arguments, which it must not.</param>
    public sealed record Broken(Exception Bug) : Preparation;

    /// <param name="Call">Ready to be scheduled.</param>
    public sealed record Accepted(PreparedCall Call) : Preparation;
}

/// <summary>One understood call: what it touches, what it needs permission for, and how to run it.</summary>
/// <param name="Title">One line for people: <c>Edit src/a.ts</c>.</param>
/// <param name="Access">What it reads and writes.</param>
/// <param name="Permission">What the gate decides about.</param>
/// <param name="RunAsync">Does the work. Honours the token promptly; throws only for cancellation and for bugs.</param>
public sealed record PreparedCall(
    string Title,
    ResourceAccess Access,
    PermissionKey Permission,
    Func<CancellationToken, Task<ToolResult>> RunAsync
)
{
    /// <summary>Overrides <see cref="ToolDefinition.Timeout"/>.</summary>
    public TimeSpan? Timeout { get; init; }

    /// <summary>
    /// Before permission is asked: what the call would change, or the error it would end with (then nobody is asked).
    /// Reads only.
    /// </summary>
    public Func<CancellationToken, Task<Preflight>>? PreflightAsync { get; init; }
}

/// <summary>What is known of a call before it runs.</summary>
/// <param name="Previews">What it would change, file by file.</param>
/// <param name="Error">Set when it is bound to fail.</param>
public sealed record Preflight(ImmutableArray<FileDiff> Previews, ToolResult? Error = null)
{
    /// <summary>What it would do that is more than its rule says.</summary>
    public Danger? Danger { get; init; }

    /// <summary>What the call turned out to touch: the gate decides about this in place of <see cref="PreparedCall.Permission"/>.</summary>
    public PermissionKey? Permission { get; init; }

    /// <summary>Nothing is known.</summary>
    public static Preflight None { get; } = new([]);
}
