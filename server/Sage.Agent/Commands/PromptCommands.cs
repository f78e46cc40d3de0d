using System.Collections.Immutable;
using Sage.Agent.Context;
using Sage.Agent.Workspaces;
using Sage.Protocol;
using Sage.Protocol.Commands;
using Sage.Protocol.Permissions;
using Sage.Protocol.Turns;

namespace Sage.Agent.Commands;

/// <summary>The commands of one session's workspace, as prompts ask for them.</summary>
internal sealed class PromptCommands(ICommands commands, Workspace workspace)
{
    /// <exception cref="SageException"><see cref="ErrorCodes.CommandRefused"/></exception>
    public async Task<CommandExpansion?> ExpandAsync(
        ImmutableArray<InputPart> input,
        CancellationToken cancellationToken
    )
    {
        var command = Expand(input);
        return command?.CompleteAsync is { } complete ? await complete(cancellationToken) : command;
    }

    /// <summary>Looks at words that are to wait: what cannot be sent is said now, and not when their turn comes.</summary>
    /// <exception cref="SageException"><see cref="ErrorCodes.CommandRefused"/>, <see cref="ErrorCodes.NoTurnRunning"/></exception>
    public void Check(SteerKind kind, ImmutableArray<InputPart> input)
    {
        // It has a mode and a model of its own, and is told apart from the user's words: all of that belongs to a turn.
        if (Expand(input) is { Name: var name } && kind == SteerKind.Steer)
        {
            throw new SageException(
                ErrorCodes.NoTurnRunning,
                $"/{name} begins a turn of its own, so the turn that runs cannot take it."
            );
        }
    }

    private CommandExpansion? Expand(ImmutableArray<InputPart> input) =>
        commands.Expand(workspace, PromptMessage.WordsOf(input));

    /// <summary>A command may make its turn stricter, never looser: who wrote it is not always who sends it.</summary>
    public static PermissionMode Stricter(PermissionMode mode, PermissionMode? wanted) =>
        wanted is { } other && Reach(other) < Reach(mode) ? other : mode;

    /// <summary>What is recorded of it.</summary>
    public static SentCommand? Sent(
        string turnId,
        CommandExpansion? command,
        PermissionMode before,
        PermissionMode now
    ) =>
        command is null
            ? null
            : new SentCommand(
                command.Name,
                command.Place,
                command.Text,
                before == now ? null : before,
                command.Lines.IsEmpty
                    ? null
                    : [.. command.Lines.Select((line, i) => new ShellLine(CallId(turnId, i), line.Line, line.Behind))],
                command.Source
            );

    /// <summary>The id of the call that runs a line of a turn's command.</summary>
    public static string CallId(string turnId, int line) => $"{turnId}_{line + 1}";

    private static int Reach(PermissionMode mode) =>
        mode switch
        {
            PermissionMode.Plan => 0,
            PermissionMode.Ask => 1,
            PermissionMode.AutoEdit => 2,
            _ => 3,
        };
}
