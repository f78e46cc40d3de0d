using System.Collections.Immutable;

namespace Sage.Sandbox.Walls;

/// <summary>The walls that fit ordinary work in a workspace.</summary>
public static class WorkspaceWalls
{
    // Settings that editors and Sage obey, and that a command has no business with.
    private static readonly string[] s_settings = [".sage", ".vscode"];

    /// <summary>
    /// Writable are the workspace, the temporary folders and what a program needs of the devices. Protected are what git and
    /// the editor would run or obey; hidden are Sage's own folder, the user's secrets, and sockets of what runs outside.
    /// </summary>
    /// <param name="places">Where these are.</param>
    /// <param name="network">Whether the network can be used.</param>
    /// <param name="repository">What may be done to the repository's own files.</param>
    public static CommandWalls Around(WallPlaces places, NetworkAccess network, RepositoryAccess repository)
    {
        ArgumentNullException.ThrowIfNull(places);
        return new CommandWalls
        {
            Writable =
            [
                places.Workspace,
                .. places.Temporary,
                "/dev/shm",
                .. GitFolders.Writable(places.Workspace, repository),
            ],
            Protected =
            [
                .. s_settings.Select(name => Path.Join(places.Workspace, name)),
                .. GitFolders.Protected(places.Workspace, repository),
            ],
            Unreadable = [places.SageHome, .. SecretPlaces.Of(places.UserHome)],
            Readable = [Path.Join(places.SageHome, "spill"), .. SecretPlaces.Readable(places.UserHome)],
            Unreachable = [.. OutsideSockets.Of(places, network)],
            Network = network,
        };
    }
}

/// <summary>What a command may do to the repository's own files, in <c>.git</c>.</summary>
public enum RepositoryAccess
{
    /// <summary>Look.</summary>
    ReadOnly,

    /// <summary>Stage, commit, branch; hooks and configuration stay as they are.</summary>
    Commit,

    /// <summary>Anything.</summary>
    Full,
}

/// <summary>Where the things are that walls are built around.</summary>
/// <param name="Workspace">The folder that is worked in.</param>
/// <param name="SageHome">Sage's own folder, with journals and keys.</param>
/// <param name="UserHome">The user's folder.</param>
/// <param name="Temporary">Folders for temporary files.</param>
/// <param name="Runtime">Where the user's session keeps its sockets.</param>
/// <param name="KeyAgent">The socket at which keys can be used.</param>
public sealed record WallPlaces(
    string Workspace,
    string SageHome,
    string UserHome,
    ImmutableArray<string> Temporary,
    string? Runtime = null,
    string? KeyAgent = null
)
{
    /// <summary>As they are for this process.</summary>
    public static WallPlaces Of(string workspace, string sageHome)
    {
        var home = Environment.GetFolderPath(Environment.SpecialFolder.UserProfile);
        return new(
            workspace,
            sageHome,
            home,
            TemporaryOf(home),
            Environment.GetEnvironmentVariable("XDG_RUNTIME_DIR"),
            Environment.GetEnvironmentVariable("SSH_AUTH_SOCK")
        );
    }

    // Who calls their own folder temporary does not mean that everything in it is.
    private static ImmutableArray<string> TemporaryOf(string home)
    {
        if (OperatingSystem.IsWindows())
        {
            return [Windows.WindowsWalls.Temporary];
        }

        var own = Path.TrimEndingDirectorySeparator(Path.GetTempPath());
        string[] usual = ["/tmp", "/var/tmp"];
        return
        [
            .. usual.Append(own).Distinct().Where(folder => folder != "/" && !Linux.PathTree.IsWithin(home, folder)),
        ];
    }
}
