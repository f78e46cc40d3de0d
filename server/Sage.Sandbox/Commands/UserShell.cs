namespace Sage.Sandbox.Commands;

/// <summary>The shell that commands are written for.</summary>
public static class UserShell
{
    private static readonly string[] PosixShells = ["sh", "bash", "zsh", "dash", "ksh"];

    /// <summary>The user's own, where it understands POSIX commands and <c>-c</c>; else <c>/bin/sh</c>. <c>cmd.exe</c> on Windows.</summary>
    public static string Current { get; } =
        OperatingSystem.IsWindows()
            ? Environment.GetEnvironmentVariable("ComSpec") ?? "cmd.exe"
            : Choose(Environment.GetEnvironmentVariable("SHELL"), File.Exists);

    internal static string Choose(string? wanted, Predicate<string> exists) =>
        wanted is not null
        && Path.IsPathRooted(wanted)
        && PosixShells.Contains(Path.GetFileName(wanted), StringComparer.Ordinal)
        && exists(wanted)
            ? wanted
            : "/bin/sh";
}
