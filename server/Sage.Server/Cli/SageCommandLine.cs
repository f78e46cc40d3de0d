using System.CommandLine;
using Sage.Server.Cli.Doctor;
using Sage.Server.Cli.Report;
using Sage.Server.Hosting;

namespace Sage.Server.Cli;

/// <summary>The command line for people and scripts: <c>exec</c>, <c>doctor</c>, <c>report</c>, <c>--version</c>.</summary>
internal static class SageCommandLine
{
    /// <summary>A prompt that begins with @ is a prompt, not a file of arguments.</summary>
    public static ParserConfiguration Parsing { get; } = new() { ResponseFileTokenReplacer = null };

    public static async Task<int> RunAsync(string[] args, Terminal terminal)
    {
        if (args is ["--version" or "-v"])
        {
            return await PrintVersionAsync(terminal);
        }

        var exec = new ExecCommandLine();
        exec.Command.SetAction((parsed, _) => new ExecCommand(exec.Read(parsed), terminal).RunAsync());
        var root = new RootCommand("Sage, a coding agent. The editor starts it with --stdio.")
        {
            exec.Command,
            DoctorCommandFor(terminal),
            ReportCommandFor(terminal),
        };

        var parsed = root.Parse(args, Parsing);
        await using var output = new StreamWriter(terminal.Output) { AutoFlush = true };
        if (parsed.Errors.Count > 0)
        {
            foreach (var error in parsed.Errors)
            {
                await terminal.Error.WriteLineAsync($"sage: {error.Message}");
            }

            await terminal.Error.WriteLineAsync("Try 'sage --help' or 'sage exec --help'.");
            return ExitCodes.Usage;
        }

        return await parsed.InvokeAsync(
            new InvocationConfiguration
            {
                Output = output,
                Error = terminal.Error,
                EnableDefaultExceptionHandler = false,
                // Signals are ours: a turn has to be stopped, not abandoned.
                ProcessTerminationTimeout = null,
            }
        );
    }

    private static Command DoctorCommandFor(Terminal terminal)
    {
        var model = new ModelOptions();
        var online = new Option<bool>("--online")
        {
            Description = "Ask the model for one word, to see whether key and address are right.",
        };
        var doctor = new Command("doctor", "Say what Sage found on this computer, and what to do about it.") { online };
        model.AddTo(doctor);
        doctor.SetAction(
            (parsed, cancellationToken) =>
                DoctorCommand.RunAsync(
                    terminal,
                    new DiagnosisOptions(model.Read(parsed), parsed.GetValue(online)),
                    cancellationToken
                )
        );
        return doctor;
    }

    private static Command ReportCommandFor(Terminal terminal)
    {
        var with = new Option<string?>("--with")
        {
            HelpName = "FILE",
            Description = "Add the text of this file; - reads it from standard input.",
        };
        var report = new Command("report", "Print what a bug report needs, without keys, prompts or code.") { with };
        report.SetAction(
            (parsed, cancellationToken) =>
                new ReportCommand(parsed.GetValue(with), terminal, PersonalNames.OfThisComputer()).RunAsync(
                    cancellationToken
                )
        );
        return report;
    }

    private static async Task<int> PrintVersionAsync(Terminal terminal)
    {
        await using var output = new StreamWriter(terminal.Output);
        await output.WriteLineAsync($"sage {ProductVersion.Text}");
        return ExitCodes.Completed;
    }
}
