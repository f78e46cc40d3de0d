namespace Sage.Protocol;

/// <summary>The answer of a request that has nothing to say (a class: MediatR's own <c>Unit</c> is a struct and fails under AOT).</summary>
public sealed record Done
{
    public static Done Value { get; } = new();
}
