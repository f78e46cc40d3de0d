using System.Diagnostics;
using System.Globalization;
using System.Text;
using Sage.Sandbox.Supervision;

namespace Sage.Sandbox.Commands;

/// <summary>Starts shell commands so that nothing they start outlives them or us.</summary>
public sealed class CommandRunner(SupervisorLaunch launch, EnvironmentScrub scrub, TimeProvider time)
{
    /// <summary>Starts a command in the user's shell.</summary>
    /// <param name="spec">What to run, and where.</param>
    /// <param name="output">
    /// Gets its output, both streams in the order in which they were written. While it has not returned, no more is read.
    /// </param>
    /// <exception cref="CommandStartException">No such folder, no shell, no supervisor.</exception>
    public async Task<RunningCommand> StartAsync(CommandSpec spec, Func<string, ValueTask> output)
    {
        ArgumentNullException.ThrowIfNull(spec);
        var startedAt = time.GetTimestamp();
        if (!OperatingSystem.IsLinux())
        {
            return new PlainCommand(
                await LaunchAsync(spec, PlainCommand.Start(UserShell.Current, spec.Command)),
                output,
                startedAt,
                time
            );
        }

        var process = await LaunchAsync(spec, Supervised(spec));
        return await SupervisedCommand.AttachAsync(process, output, startedAt, time);
    }

    private ProcessStartInfo Supervised(CommandSpec spec) =>
        new(
            launch.Executable,
            [
                .. launch.Arguments,
                Environment.ProcessId.ToString(CultureInfo.InvariantCulture),
                UserShell.Current,
                spec.Command,
            ]
        );

    private Task<Process> LaunchAsync(CommandSpec spec, ProcessStartInfo start)
    {
        start.WorkingDirectory = spec.WorkingDirectory;
        start.RedirectStandardInput = true;
        start.RedirectStandardOutput = true;
        start.RedirectStandardError = true;
        start.StandardErrorEncoding = Encoding.UTF8;
        scrub.Apply(start.Environment);
        foreach (var (name, value) in spec.Environment)
        {
            start.Environment[name] = value;
        }

        return LaunchThread.Shared.StartAsync(start);
    }
}
