using System.Collections.Immutable;
using Sage.Agent.Workspaces;
using Sage.Protocol.Commands;
using Sage.Protocol.Permissions;
using Sage.Protocol.Turns;

namespace Sage.Agent.Commands;

/// <summary>
/// Prompts that people keep in files, or that MCP servers offer, and send by a name behind a slash. Read from the disk each
/// time. Port: implemented in Sage.Extensibility.
/// </summary>
public interface ICommands
{
    /// <summary>All that hold in a workspace. Never throws for a bad file.</summary>
    ListCommandsResult List(Workspace workspace);

    /// <summary>What is to be sent for a prompt; null when it is no command.</summary>
    /// <exception cref="Protocol.SageException"><see cref="Protocol.ErrorCodes.CommandRefused"/>: there is none of that name, or it cannot be sent.</exception>
    CommandExpansion? Expand(Workspace workspace, string prompt);
}

/// <param name="Name">Without the slash.</param>
/// <param name="Place">The file it came from, as people write it.</param>
/// <param name="Text">With the arguments put in; where there are lines, what stands before the first.</param>
/// <param name="Files">What it points at with <c>@</c>.</param>
/// <param name="Mode">The least strict mode it may run in; null leaves it as it is.</param>
/// <param name="Model">The model it wants; null leaves it as it is.</param>
public sealed record CommandExpansion(
    string Name,
    string Place,
    string Text,
    ImmutableArray<FilePart> Files,
    PermissionMode? Mode = null,
    string? Model = null
)
{
    /// <summary>Lines for the shell whose output is wanted, in order.</summary>
    public ImmutableArray<ExpandedLine> Lines { get; init; } = [];

    /// <summary>
    /// Asks for what is still to come, when somebody else has the text; null when all is there.
    /// Throws <see cref="Protocol.SageException"/> when it does not come.
    /// </summary>
    public Func<CancellationToken, Task<CommandExpansion>>? CompleteAsync { get; init; }

    /// <summary>What came with the text.</summary>
    public ImmutableArray<InputPart> Attached { get; init; } = [];

    /// <summary>Who else wrote the text, when nobody here has seen it and the user did not say that they trust it.</summary>
    public string? Source { get; init; }
}

/// <param name="Line">Exactly what is to run, with the arguments put in.</param>
/// <param name="Behind">The words up to the next one, or to the end.</param>
public sealed record ExpandedLine(string Line, string Behind);
