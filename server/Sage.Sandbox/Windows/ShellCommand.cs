using System.Diagnostics;

namespace Sage.Sandbox.Windows;

/// <summary>How a shell of Windows is called with a command.</summary>
internal static class ShellCommand
{
    public static ProcessStartInfo Start(string shell, string command) =>
        // cmd.exe takes everything between the outer quotes as it stands; escaping inner ones would break the command.
        Path.GetFileNameWithoutExtension(shell).Equals("cmd", StringComparison.OrdinalIgnoreCase)
            ? new(shell, $"/d /s /c \"{command}\"")
            : new(shell, ["-c", command]);
}
