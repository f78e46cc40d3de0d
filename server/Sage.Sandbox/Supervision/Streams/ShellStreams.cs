namespace Sage.Sandbox.Supervision.Streams;

/// <summary>What a shell gets as its input and its error stream; its output is always the supervisor's.</summary>
/// <param name="Input">A descriptor of the supervisor.</param>
/// <param name="Error">Another one.</param>
internal readonly record struct ShellStreams(int Input, int Error);
