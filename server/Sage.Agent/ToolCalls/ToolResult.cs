using System.Collections.Immutable;
using Sage.Protocol.Events;
using Sage.Protocol.Turns;

namespace Sage.Agent.ToolCalls;

/// <summary>What a call gives back. A mistake of the model is a value it reads, never an exception.</summary>
/// <param name="Status">
/// Ok, error, denied or timed out; cancelled when the call was, and what it had found until then is worth reading.
/// </param>
/// <param name="Text">What the model reads. The pipeline cuts it to the tool's output budget.</param>
public sealed record ToolResult(ToolCallStatus Status, string Text)
{
    /// <summary>Images the model sees.</summary>
    public ImmutableArray<ImagePart> Images { get; init; } = [];

    /// <summary>Events to journal with the result: files changed, the plan updated.</summary>
    public ImmutableArray<DurableEvent> Events { get; init; } = [];

    /// <summary>What came from outside. The pipeline appends it to the text, marked as data; leave it out of <see cref="Text"/>.</summary>
    public OutsideText? Outside { get; init; }

    /// <summary>Nothing is left to do: the turn ends without another request, unless the user has said something meanwhile.</summary>
    public bool EndsTurn { get; init; }

    public static ToolResult Ok(string text) => new(ToolCallStatus.Ok, text);

    public static ToolResult Error(string text) => new(ToolCallStatus.Error, text);
}
