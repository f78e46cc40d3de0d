using System.Collections.Immutable;
using Sage.Sandbox.Walls;

namespace Sage.Sandbox.Commands;

/// <summary>A shell command to run.</summary>
/// <param name="Command">One command line, for the user's shell.</param>
/// <param name="WorkingDirectory">Absolute path of an existing folder.</param>
public sealed record CommandSpec(string Command, string WorkingDirectory)
{
    /// <summary>Variables to set, on top of the inherited ones.</summary>
    public ImmutableDictionary<string, string> Environment { get; init; } = ImmutableDictionary<string, string>.Empty;

    /// <summary>What it may touch; null for whatever the user may.</summary>
    public CommandWalls? Walls { get; init; }
}
