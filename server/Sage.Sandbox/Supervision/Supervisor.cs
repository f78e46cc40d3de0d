using System.Globalization;
using Sage.Sandbox.Supervision.Streams;
using Sage.Sandbox.Windows;

namespace Sage.Sandbox.Supervision;

/// <summary>
/// The program behind <c>sage supervise</c>: runs one shell command and ends everything that it started, at the latest when
/// the process that asked for it is gone.
/// </summary>
/// <remarks>
/// Standard input is the control pipe (a byte stops, a second one kills, end of file counts as a byte), standard output is
/// the command's own, standard error carries <see cref="StatusLine"/>s. Of a piped command standard input is the command's
/// own, too: there a signal stops, and its end is only looked for.
/// </remarks>
public static class Supervisor
{
    /// <summary>The verb that makes our executable a supervisor.</summary>
    public const string Verb = "supervise";

    /// <summary>Before the other arguments: the command talks with the client through its input and output.</summary>
    internal const string Piped = "--piped";

    private const int UsageError = 2;

    /// <param name="args">The client's process id, the shell, the command, and the walls around it when there are to be any.</param>
    /// <returns>0 when the command was run, however it ended; the status channel has the details.</returns>
    public static int Run(string[] args)
    {
        ArgumentNullException.ThrowIfNull(args);
        var isPiped = args is [Piped, ..];
        args = isPiped ? args[1..] : args;
        if (
            args.Length is < 3 or > 4
            || !int.TryParse(args[0], NumberStyles.None, CultureInfo.InvariantCulture, out var client)
        )
        {
            return UsageError;
        }

        var walls = args.Length == 4 ? WallRequest.Parse(args[3]) : null;
        return OperatingSystem.IsWindows()
            ? JobSupervisor.Run(args[1], args[2], walls?.Walls, isPiped ? client : null)
            : PosixSupervisor.Run(client, args[1], args[2], walls, isPiped ? new ErrorRelay() : null);
    }
}
