using System.Globalization;
using System.Text;
using Sage.Agent.ToolCalls;
using Sage.Protocol.Events;
using Sage.Protocol.Turns;
using Sage.Sandbox.Commands;

namespace Sage.Tools.Shell;

/// <summary>Words for how a command ended.</summary>
internal static class CommandReport
{
    private const int NamedProcesses = 5;

    /// <summary>What the model reads.</summary>
    /// <param name="output">Cut to its budget.</param>
    /// <param name="exit">How it ended.</param>
    /// <param name="timeout">Set when it was stopped because of it.</param>
    public static ToolResult Result(string output, CommandExit exit, TimeSpan? timeout)
    {
        var text = new StringBuilder(output.TrimEnd('\n'));
        text.Append(text.Length == 0 ? "(no output)\n\n" : "\n\n");
        if (timeout is { } limit)
        {
            text.Append(
                CultureInfo.InvariantCulture,
                $"[timed out after {limit.TotalSeconds:0} s: it was stopped, with everything it had started]"
            );
            return new(ToolCallStatus.TimedOut, text.ToString());
        }

        text.Append('[').Append(exit.Description).Append(", ").Append(Seconds(exit.Duration)).Append(']');
        foreach (var leftover in Leftovers(exit))
        {
            text.Append("\n[").Append(leftover).Append(']');
        }

        return new(exit.ExitCode == 0 ? ToolCallStatus.Ok : ToolCallStatus.Error, text.ToString());
    }

    /// <summary>For the proof of stop: each process, and how it ended.</summary>
    public static List<StoppedWork> Stopped(CommandExit exit) =>
        [
            .. exit.Ended.Select(ended => new StoppedWork(
                $"{ended.Name} (process {ended.Pid})",
                How(ended.How),
                ended.Ms
            )),
        ];

    private static IEnumerable<string> Leftovers(CommandExit exit)
    {
        var survivors = exit.Ended.Where(ended => ended.How == EndedHow.Survived).ToArray();
        var ended = exit.Ended.Where(ended => ended.How != EndedHow.Survived).ToArray();
        if (ended.Length > 0)
        {
            yield return $"{Processes(ended)} ended when the command finished: {Names(ended)}";
        }

        if (survivors.Length > 0)
        {
            yield return $"{Processes(survivors)} NOT ended, the system refused: {Names(survivors)}";
        }
    }

    private static string Processes(EndedProcess[] processes) =>
        processes.Length == 1 ? "1 background process was" : $"{processes.Length} background processes were";

    private static string Names(EndedProcess[] processes)
    {
        var names = processes.Select(process => process.Name).Distinct().ToArray();
        return string.Join(", ", names.Take(NamedProcesses)) + (names.Length > NamedProcesses ? ", …" : "");
    }

    private static string How(EndedHow how) =>
        how switch
        {
            EndedHow.Terminated => "ended by SIGTERM",
            EndedHow.Killed => "killed",
            EndedHow.Survived => "could not be ended",
            _ => throw new ArgumentOutOfRangeException(nameof(how)),
        };

    private static string Seconds(TimeSpan duration) =>
        duration.TotalSeconds < 1
            ? string.Create(CultureInfo.InvariantCulture, $"{duration.TotalMilliseconds:0} ms")
            : string.Create(CultureInfo.InvariantCulture, $"{duration.TotalSeconds:0.0} s");
}
