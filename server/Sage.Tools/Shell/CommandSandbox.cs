using Sage.Agent.Permissions;
using Sage.Agent.Workspaces;
using Sage.Sandbox.Commands;
using Sage.Sandbox.Walls;

namespace Sage.Tools.Shell;

/// <summary>Which walls stand around a command, and what the model should know of them.</summary>
/// <param name="sageHome">Where journals and keys are.</param>
public sealed class CommandSandbox(string sageHome)
{
    /// <summary>What a command does that asks to run without walls.</summary>
    internal static Danger Leaving { get; } =
        new(
            "It runs outside the sandbox: it may use the network and change files outside the workspace.",
            DangerLevel.Grave
        );

    /// <summary>Null for what a person, or a rule of theirs, has let run: that is theirs.</summary>
    internal CommandWalls? WallsOf(Workspace workspace, CallConsent consent)
    {
        if (consent is not { Source: ConsentSource.Mode, Sandbox: { Enabled: true } wish })
        {
            return null;
        }

        var walls = WorkspaceWalls.Around(
            WallPlaces.Of(workspace.Root, sageHome),
            wish.Network ? NetworkAccess.Allowed : NetworkAccess.Off,
            RepositoryAccess.Commit
        );
        return walls with { Writable = [.. walls.Writable, .. wish.Writable] };
    }

    /// <summary>What to say at the end of a command: nothing unless it seems to have run into a wall.</summary>
    internal static IEnumerable<string> Notes(
        CommandWalls? wanted,
        WallsInForce? standing,
        CommandExit exit,
        string output
    )
    {
        if (exit.Appeared.Length > 0)
        {
            yield return $"new while it ran, and obeyed by other programs: {string.Join(", ", exit.Appeared)}";
        }

        if (
            wanted is not null
            && standing is not null
            && WallReport.Judge(exit, output, standing) != WallSuspicion.None
            && WallReport.Describe(wanted, standing) is { } words
        )
        {
            yield return $"{words} If that is why it failed, outside_sandbox: true asks the user";
        }
    }
}
