using System.Text.Json;
using Microsoft.Extensions.AI;

namespace Sage.Agent.LanguageModels;

/// <summary>A piece of a tool call's arguments, as the model writes them.</summary>
/// <param name="callId">The provider's id of the call.</param>
/// <param name="name">The tool's name.</param>
/// <param name="delta">A piece of JSON text; may be empty (the call has just begun).</param>
public sealed class ToolCallDelta(string callId, string name, string delta) : AIContent
{
    public string CallId { get; } = callId;
    public string Name { get; } = name;
    public string Delta { get; } = delta;
}

/// <summary>
/// A call whose arguments are complete: the next one has begun, or the reply has ended. In history, a call the model made.
/// </summary>
/// <param name="callId">The provider's id of the call.</param>
/// <param name="name">The tool's name.</param>
/// <param name="arguments">The whole JSON text as the model wrote it; empty means no arguments.</param>
public sealed class ToolCallReady(string callId, string name, string arguments) : AIContent
{
    public string CallId { get; } = callId;
    public string Name { get; } = name;
    public string Arguments { get; } = arguments;
}

/// <summary>In history: the result of a call. Images follow it as <see cref="DataContent"/> in the same message.</summary>
/// <param name="callId">The call it answers.</param>
/// <param name="text">What the model reads.</param>
/// <param name="isError">True when the call did not succeed.</param>
public sealed class ToolCallAnswer(string callId, string text, bool isError) : AIContent
{
    public string CallId { get; } = callId;
    public string Text { get; } = text;
    public bool IsError { get; } = isError;
}

/// <summary>A request failed before its first token and will be sent again.</summary>
public sealed class RetryNotice(int attempt, TimeSpan delay, string reason) : AIContent
{
    /// <summary>1 for the first retry.</summary>
    public int Attempt { get; } = attempt;
    public TimeSpan Delay { get; } = delay;

    /// <summary>For people.</summary>
    public string Reason { get; } = reason;
}

/// <summary>How a model says that its <see cref="UsageContent"/> is no count of the provider's.</summary>
public static class EstimatedUsage
{
    /// <summary>Among the additional counts of an estimate.</summary>
    public const string Mark = "sage.estimated";
}

/// <summary>A tool as a request offers it: name, description and schema, nothing to invoke.</summary>
public sealed class OfferedTool(string name, string description, JsonElement schema) : AIFunctionDeclaration
{
    public override string Name => name;
    public override string Description => description;
    public override JsonElement JsonSchema => schema;
}
