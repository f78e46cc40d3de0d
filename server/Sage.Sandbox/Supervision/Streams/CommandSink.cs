namespace Sage.Sandbox.Supervision.Streams;

/// <summary>Who takes what a command says.</summary>
/// <param name="Output">Both of its streams as text; null when the client reads the output itself.</param>
/// <param name="Errors">What a piped command says on its error stream; null for others.</param>
internal sealed record CommandSink(Func<string, ValueTask>? Output, Action<string>? Errors = null)
{
    /// <summary>Input and output are the client's.</summary>
    public bool IsPiped => Errors is not null;
}
