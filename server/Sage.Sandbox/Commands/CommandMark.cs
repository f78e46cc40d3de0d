using System.Globalization;
using System.Runtime.Versioning;
using Sage.Sandbox.Native;

namespace Sage.Sandbox.Commands;

/// <summary>
/// A variable in the environment of everything a command starts, which tells whose it is when nothing else does any more:
/// its supervisor was killed, and it has left the session and lost its parent.
/// </summary>
/// <param name="Client">Who ran the command: its process id and when it started, and the namespace in which the id holds.</param>
/// <param name="Number">Which of its commands.</param>
internal sealed record CommandMark(string Client, long Number)
{
    /// <summary>The name of the variable.</summary>
    public const string Variable = "SAGE_COMMAND";

    // pid:[4026531836]. Before the next, which needs it.
    private static readonly string Namespace = OperatingSystem.IsLinux()
        ? string.Concat((new FileInfo("/proc/self/ns/pid").LinkTarget ?? "").Where(char.IsAsciiDigit))
        : "";
    private static readonly string Self = OperatingSystem.IsLinux()
        ? ClientOf(Environment.ProcessId)
        : string.Create(CultureInfo.InvariantCulture, $"{Environment.ProcessId}");
    private static long s_last;

    /// <summary>The mark of a new command of this process.</summary>
    public static CommandMark Next() => new(Self, Interlocked.Increment(ref s_last));

    /// <summary>The mark in an environment; null when there is none.</summary>
    /// <param name="environment"><c>NAME=value\0NAME=value\0</c></param>
    public static CommandMark? Find(ReadOnlySpan<byte> environment)
    {
        var name = "SAGE_COMMAND="u8;
        while (environment.Length > 0)
        {
            var end = environment.IndexOf((byte)0);
            var variable = end < 0 ? environment : environment[..end];
            if (variable.StartsWith(name))
            {
                return Parse(System.Text.Encoding.UTF8.GetString(variable[name.Length..]));
            }

            environment = end < 0 ? [] : environment[(end + 1)..];
        }

        return null;
    }

    /// <summary>The mark of a running process; null when it has none, or may not be looked at.</summary>
    [SupportedOSPlatform("linux")]
    public static CommandMark? Of(int pid) =>
        Find(ProcFile.Read(string.Create(CultureInfo.InvariantCulture, $"/proc/{pid}/environ")));

    /// <summary>True when whoever ran the command is gone. Unknown clients, of another container for one, count as alive.</summary>
    [SupportedOSPlatform("linux")]
    public bool IsAbandoned =>
        Client.Split('.') is [var space, var pid, _]
        && space == Namespace
        && int.TryParse(pid, NumberStyles.None, CultureInfo.InvariantCulture, out var id)
        && ClientOf(id) != Client;

    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{Client}:{Number}");

    private static CommandMark? Parse(string text) =>
        text.LastIndexOf(':') is var colon and > 0
        && long.TryParse(text.AsSpan(colon + 1), NumberStyles.None, CultureInfo.InvariantCulture, out var number)
            ? new(text[..colon], number)
            : null;

    [SupportedOSPlatform("linux")]
    private static string ClientOf(int pid) =>
        string.Create(CultureInfo.InvariantCulture, $"{Namespace}.{pid}.{ProcessTable.Find(pid)?.StartedAt ?? 0}");
}
