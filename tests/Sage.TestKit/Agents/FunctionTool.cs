using System.Text.Json;
using Sage.Agent.Permissions;
using Sage.Agent.ToolCalls;

namespace Sage.TestKit.Agents;

/// <summary>A tool made of a lambda.</summary>
/// <param name="name">Its name.</param>
/// <param name="run">What a call does.</param>
public sealed class FunctionTool(string name, Func<JsonElement, ToolContext, CancellationToken, Task<ToolResult>> run)
    : ITool
{
    public PermissionKind Kind { get; init; } = PermissionKind.Read;

    /// <summary>What the gate decides about, when that is more than <see cref="Kind"/>.</summary>
    public Func<JsonElement, PermissionKey>? Permission { get; init; }

    public Func<JsonElement, ResourceAccess> Access { get; init; } = _ => ResourceAccess.None;

    public Func<JsonElement, Preflight>? Preflight { get; init; }

    /// <summary>Why no call of it is taken; null when all are.</summary>
    public string? Refusal { get; init; }

    public ToolDefinition Definition { get; init; } =
        new(name, "A tool for tests.", JsonElement.Parse("""{"type":"object"}"""), TimeSpan.FromSeconds(30));

    public static FunctionTool Answering(string name, Func<JsonElement, string> answer) =>
        new(name, (input, _, _) => Task.FromResult(ToolResult.Ok(answer(input))));

    public Preparation Prepare(JsonElement input, ToolContext context) =>
        Refusal is { } why
            ? new Preparation.Rejected(why)
            : new Preparation.Accepted(
                new PreparedCall(
                    $"{name} {input}",
                    Access(input),
                    Permission?.Invoke(input) ?? new PermissionKey(Kind, name, input.ToString()),
                    token => run(input, context, token)
                )
                {
                    PreflightAsync = Preflight is null ? null : _ => Task.FromResult(Preflight(input)),
                }
            );
}
