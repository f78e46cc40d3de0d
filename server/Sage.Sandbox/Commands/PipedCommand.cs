namespace Sage.Sandbox.Commands;

/// <summary>A program that is talked to through its input and output, under the same supervisor as any command.</summary>
/// <param name="Command">How it ends, and what ends it.</param>
/// <param name="Input">What it reads.</param>
/// <param name="Output">What it writes; its error stream is no part of it.</param>
public sealed record PipedCommand(RunningCommand Command, Stream Input, Stream Output);
