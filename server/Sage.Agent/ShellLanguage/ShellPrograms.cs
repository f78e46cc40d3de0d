using System.Collections.Immutable;

namespace Sage.Agent.ShellLanguage;

/// <summary>Programs that read command lines, or run others.</summary>
public static class ShellPrograms
{
    /// <summary>Run what their arguments say, as a program or as a line of shell.</summary>
    private static readonly ImmutableHashSet<string> Wrappers =
    [
        "sudo",
        "doas",
        "su",
        "env",
        "nohup",
        "nice",
        "ionice",
        "chrt",
        "taskset",
        "timeout",
        "time",
        "command",
        "builtin",
        "exec",
        "xargs",
        "parallel",
        "stdbuf",
        "setsid",
        "watch",
        "eval",
        "source",
        ".",
        "trap",
        "alias",
        "ssh",
        "chroot",
        "unshare",
        "nsenter",
        "strace",
        "ltrace",
        "gdb",
        "flock",
        "script",
        "expect",
        "fish",
        "busybox",
        "toybox",
        "at",
        "batch",
    ];

    /// <summary>How a program reads a line: as all of these do; none when it is no shell that is known.</summary>
    /// <param name="program">A name or a path.</param>
    public static Shells KindsOf(string program)
    {
        ArgumentNullException.ThrowIfNull(program);
        return program[(program.LastIndexOf('/') + 1)..] switch
        {
            // May be any of them: bash on some systems, dash on others.
            "sh" => Shells.Sh | Shells.Bash | Shells.Ksh,
            "dash" or "ash" => Shells.Sh,
            "bash" => Shells.Bash,
            "zsh" => Shells.Zsh,
            "ksh" or "mksh" => Shells.Ksh,
            _ => Shells.None,
        };
    }

    /// <summary>True for <c>sudo</c>, <c>env</c>, <c>xargs</c> and their like.</summary>
    /// <param name="name">Of the program, without its folder.</param>
    public static bool RunsItsArguments(string name) => Wrappers.Contains(name);
}
