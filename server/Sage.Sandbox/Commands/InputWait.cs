using System.Globalization;
using System.Runtime.Versioning;
using Sage.Sandbox.Native;

namespace Sage.Sandbox.Commands;

/// <summary>A process that waits for somebody to type, although a command has neither input nor a terminal.</summary>
/// <param name="Pid">Its id.</param>
/// <param name="Name">The name of its executable.</param>
public sealed record InputWait(int Pid, string Name)
{
    private static readonly string[] Terminals = ["/dev/pts/", "/dev/tty", "/dev/console"];

    /// <summary>
    /// The first process of a command that is blocked in reading a terminal that the command has made, or its own output
    /// (vi, for one, takes its error stream for the terminal when its input is none). Who waits for several things at once,
    /// as event loops do, looks like any idle process.
    /// </summary>
    [SupportedOSPlatform("linux")]
    internal static InputWait? Find(int supervisor, int session) =>
        Find(ProcessTable.Family([.. ProcessTable.Read()], supervisor, session), TargetOf(supervisor, 1));

    /// <param name="family">The processes of the command, as they were a moment ago.</param>
    /// <param name="output">Where the command writes.</param>
    [SupportedOSPlatform("linux")]
    internal static InputWait? Find(IEnumerable<ProcessEntry> family, string? output) =>
        family
            .Where(entry =>
                !entry.IsZombie && TargetRead(entry.Pid) is { } target && (target == output || IsTerminal(target))
            )
            // It may have become another program since it was listed; while it waits it cannot.
            .Select(entry => ProcessTable.Find(entry.Pid))
            .OfType<ProcessEntry>()
            .Select(entry => new InputWait(entry.Pid, entry.Name))
            .FirstOrDefault();

    [SupportedOSPlatform("linux")]
    private static string? TargetRead(int pid) =>
        BlockedCall.Of(pid)?.DescriptorRead is { } descriptor ? TargetOf(pid, descriptor) : null;

    [SupportedOSPlatform("linux")]
    private static string? TargetOf(int pid, int descriptor) =>
        ProcFile.Target(string.Create(CultureInfo.InvariantCulture, $"/proc/{pid}/fd/{descriptor}"));

    private static bool IsTerminal(string target) =>
        Terminals.Any(terminal => target.StartsWith(terminal, StringComparison.Ordinal));
}
