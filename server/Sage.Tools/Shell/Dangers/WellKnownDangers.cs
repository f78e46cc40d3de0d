using Sage.Agent.Permissions;

namespace Sage.Tools.Shell.Dangers;

/// <summary>Commands that destroy, publish or turn off by what they are.</summary>
internal static class WellKnownDangers
{
    public static Danger? Of(RunnableCommand command)
    {
        var verb = command.Operands.FirstOrDefault().Text ?? "";
        var second = command.Operands.Skip(1).FirstOrDefault().Text ?? "";
        return (command.Name, verb, second) switch
        {
            ("mkfs" or "wipefs" or "fdisk" or "sfdisk" or "parted" or "blkdiscard" or "mkswap" or "diskutil", _, _) =>
                Grave("It destroys what is on a disk."),
            (['m', 'k', 'f', 's', '.', ..], _, _) => Grave("It destroys what is on a disk."),
            ("shutdown" or "reboot" or "halt" or "poweroff", _, _) => Grave("It turns this computer off."),
            ("init" or "telinit", "0" or "6", _) => Grave("It turns this computer off."),
            ("kill", "-1", _) or ("killall5", _, _) => Grave("It ends all of your programs."),
            ("kill", _, _) when command.Arguments is [_, { Text: "-1" }, ..] => Grave("It ends all of your programs."),
            ("crontab", _, _) when command.Has("r") => Grave("It deletes your scheduled jobs."),
            ("npm" or "pnpm" or "yarn" or "cargo" or "poetry" or "uv", "publish", _) => Grave(
                "It publishes a package, which cannot be taken back."
            ),
            ("twine", "upload", _) or ("gem", "push", _) or ("dotnet", "nuget", "push") => Grave(
                "It publishes a package, which cannot be taken back."
            ),
            ("gh", "repo", "delete") => Grave("It deletes a repository for everybody."),
            ("terraform" or "tofu", "destroy", _) or ("pulumi", "destroy", _) => Grave("It destroys infrastructure."),
            ("kubectl", "delete", _) or ("helm", "uninstall" or "delete", _) => Grave("It deletes from a cluster."),
            ("docker" or "podman", "system" or "volume" or "image" or "container", "prune") => Notable(
                "It deletes containers, images or volumes, also those of other projects."
            ),
            ("dropdb", _, _) => Grave("It deletes a database."),
            _ => null,
        };
    }

    private static Danger Grave(string text) => new(text, DangerLevel.Grave);

    private static Danger Notable(string text) => new(text, DangerLevel.Notable);
}
