using Sage.Agent.Workspaces;
using Sage.Protocol;

namespace Sage.Storage;

/// <summary>The places Sage keeps on this computer: <c>$SAGE_HOME</c>, else <c>~/.sage</c>.</summary>
public sealed class SageHome
{
    /// <summary>The environment variable that moves all of it.</summary>
    public const string Variable = "SAGE_HOME";

    /// <param name="root">Absolute, or relative to the current folder. Need not exist yet.</param>
    public SageHome(string root) => Root = Path.TrimEndingDirectorySeparator(Path.GetFullPath(root));

    public string Root { get; }

    public string Sessions => Path.Combine(Root, "sessions");

    public string Spill => Path.Combine(Root, "spill");

    public string Checkpoints => Path.Combine(Root, "checkpoints");

    public string Trash => Path.Combine(Root, "trash");

    public string Logs => Path.Combine(Root, "logs");

    public string Settings => Path.Combine(Root, "settings.json");

    /// <summary>What the user had saved from answers to permission prompts.</summary>
    public string SavedPermissions => Path.Combine(Root, "permissions.json");

    /// <summary>What the user has agreed to of what projects bring along.</summary>
    public string Consents => Path.Combine(Root, "consents.json");

    /// <summary>The home this process was started with. Touches nothing on the disk.</summary>
    public static SageHome FromEnvironment() =>
        Resolve(
            Environment.GetEnvironmentVariable(Variable),
            Environment.GetFolderPath(
                Environment.SpecialFolder.UserProfile,
                Environment.SpecialFolderOption.DoNotVerify
            )
        );

    /// <summary>With the folder of the user, in which other agents keep theirs.</summary>
    public UserFolders ForUser() =>
        new(
            Root,
            Environment.GetFolderPath(
                Environment.SpecialFolder.UserProfile,
                Environment.SpecialFolderOption.DoNotVerify
            )
        );

    internal static SageHome Resolve(string? variable, string userFolder) =>
        !string.IsNullOrWhiteSpace(variable) ? new SageHome(variable)
        : userFolder.Length > 0 ? new SageHome(Path.Combine(userFolder, ".sage"))
        : throw new SageException(
            ErrorCodes.StorageFailed,
            $"Sage does not know where to keep its files: there is no home folder. Set {Variable} to a folder."
        );
}
