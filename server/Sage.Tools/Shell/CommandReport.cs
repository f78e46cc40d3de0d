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

    // A silence that is worth telling about a command that took too long.
    private static readonly TimeSpan LongSilence = TimeSpan.FromSeconds(20);

    /// <summary>It ended by itself.</summary>
    /// <param name="output">Cut to its budget.</param>
    /// <param name="exit">How.</param>
    /// <param name="more">What else there is to say.</param>
    public static ToolResult Ended(string output, CommandExit exit, IEnumerable<string> more)
    {
        var failed = exit.ExitCode != 0;
        List<string> notes = [$"{exit.Description}, {Seconds(exit.Duration)}", .. Leftovers(exit), .. more];
        if (InputHint.AskedForInput(output, failed))
        {
            notes.Add(
                "it seems to have asked for input: there is no terminal and nobody to type. "
                    + "Give the answer by options, such as --yes, or through a pipe"
            );
        }

        return new(failed ? ToolCallStatus.Error : ToolCallStatus.Ok, Text(output, notes));
    }

    /// <summary>It took too long.</summary>
    /// <param name="output">Cut to its budget.</param>
    /// <param name="limit">What it was allowed to take.</param>
    /// <param name="silence">How long it had said nothing.</param>
    public static ToolResult TimedOut(string output, TimeSpan limit, TimeSpan silence)
    {
        var quiet = silence >= LongSilence ? $"; it had said nothing for {Seconds(silence)}" : "";
        return new(
            ToolCallStatus.TimedOut,
            Text(
                output,
                [
                    $"timed out after {Seconds(limit)}: it was stopped, with everything it had started{quiet}",
                    "what is meant to go on running needs background: true",
                ]
            )
        );
    }

    /// <summary>The user stopped the turn.</summary>
    public static ToolResult Cancelled(string output, CommandExit exit) =>
        new(
            ToolCallStatus.Cancelled,
            Text(output, [$"the user stopped it after {Seconds(exit.Duration)}, with everything it had started"])
        );

    /// <summary>It would have waited for ever.</summary>
    public static ToolResult WaitedForInput(string output, InputWait wait, CommandExit exit) =>
        new(
            ToolCallStatus.Error,
            Text(
                output,
                [
                    $"stopped after {Seconds(exit.Duration)}: {wait.Name} (process {wait.Pid}) waited for input, and "
                        + "nobody is there to type. Give the answer by options, or use another command",
                ]
            )
        );

    /// <summary>For the proof of stop: each process, and how it ended.</summary>
    public static List<StoppedWork> Stopped(CommandExit exit) =>
        [
            .. exit.Ended.Select(ended => new StoppedWork(
                $"{ended.Name} (process {ended.Pid})",
                How(ended.How),
                ended.Ms
            )),
        ];

    private static string Text(string output, IEnumerable<string> notes)
    {
        var text = new StringBuilder(output.TrimEnd('\n'));
        text.Append(text.Length == 0 ? "(no output)\n" : "\n");
        foreach (var note in notes)
        {
            text.Append("\n[").Append(note).Append(']');
        }

        return text.ToString();
    }

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

    /// <summary><c>40 ms</c>, <c>3.2 s</c>, <c>120 s</c>.</summary>
    public static string Seconds(TimeSpan duration) =>
        duration.TotalSeconds switch
        {
            < 1 => string.Create(CultureInfo.InvariantCulture, $"{duration.TotalMilliseconds:0} ms"),
            < 60 => string.Create(CultureInfo.InvariantCulture, $"{duration.TotalSeconds:0.0} s"),
            _ => string.Create(CultureInfo.InvariantCulture, $"{duration.TotalSeconds:0} s"),
        };
}
