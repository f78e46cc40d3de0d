using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using Sage.Protocol;
using Sage.Protocol.LanguageServer;
using Sage.Protocol.Runtime;
using Sage.Sandbox.Commands;
using Sage.Sandbox.Walls;
using Sage.Server.Hosting;
using Sage.Server.Telemetry;
using Sage.Storage;
using Sage.Storage.Settings;

namespace Sage.Server.Cli.Doctor;

/// <summary>The things that <c>sage doctor</c> looks at.</summary>
internal static class Checks
{
    private static readonly TimeSpan CommandTakes = TimeSpan.FromSeconds(10);

    public static Finding Version() => new(DoctorVerdict.Ok, "version", $"sage {ProductVersion.Text}");

    public static Finding Runtime() =>
        new(
            DoctorVerdict.Ok,
            "runtime",
            $"{RuntimeInformation.FrameworkDescription}, {(RuntimeFeature.IsDynamicCodeSupported ? "JIT" : "Native AOT")}, {RuntimeInformation.RuntimeIdentifier}"
        );

    public static Finding Computer() =>
        new(
            DoctorVerdict.Ok,
            "computer",
            $"{RuntimeInformation.OSDescription}, {RuntimeInformation.OSArchitecture}, {Environment.ProcessorCount} processors"
        );

    public static Finding Home(SageHome home)
    {
        var probe = Path.Combine(home.Root, $".doctor-{Guid.NewGuid():N}");
        try
        {
            Directory.CreateDirectory(home.Root);
            File.WriteAllText(probe, "");
            File.Delete(probe);
            return new Finding(DoctorVerdict.Ok, "home", $"{home.Root} is writable");
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return new Finding(
                DoctorVerdict.Fail,
                "home",
                $"{home.Root} cannot be written: {e.Message} Free it, or set {SageHome.Variable} to another folder."
            );
        }
    }

    public static (Finding Finding, SageConfiguration Saved) Settings(SettingsFile file)
    {
        try
        {
            var saved = file.Read();
            var where = file.Exists ? file.Path : $"there is no {file.Path}, so the defaults hold";
            return (new Finding(DoctorVerdict.Ok, "settings", where), saved);
        }
        catch (SageException e)
        {
            return (new Finding(DoctorVerdict.Fail, "settings", $"{e.Message} Mend it, or remove it."), new());
        }
    }

    public static Finding Program(string name, string subject, string without) =>
        FindOnPath(name) is { } path
            ? new Finding(DoctorVerdict.Ok, subject, path)
            : new Finding(DoctorVerdict.Warn, subject, $"{name} is not on PATH. {without}");

    // macOS hands orphans to its first process, where nobody can tell whose they were.
    private static string Supervised =>
        OperatingSystem.IsMacOS()
            ? "run under a supervisor; a program that detaches itself twice may outlive its command"
            : "run under a supervisor; nothing they start outlives them";

    public static async Task<Finding> SupervisorAsync(CommandRunner runner)
    {
        const string subject = "commands";
        try
        {
            var spec = new CommandSpec("exit 0", Path.TrimEndingDirectorySeparator(Path.GetTempPath()));
            var running = await runner.StartAsync(spec, _ => ValueTask.CompletedTask);
            var exit = await running.Completion.WaitAsync(CommandTakes);
            return exit.ExitCode == 0
                ? new Finding(DoctorVerdict.Ok, subject, Supervised)
                : new Finding(DoctorVerdict.Fail, subject, $"A test command did not work: {exit.Description}.");
        }
        catch (Exception e) when (e is CommandStartException or TimeoutException)
        {
            return new Finding(DoctorVerdict.Fail, subject, $"A test command did not work: {e.Message}");
        }
    }

    public static async Task<Finding> SandboxAsync(CommandRunner runner, CancellationToken cancellationToken)
    {
        const string subject = "sandbox";
        try
        {
            var support = await SandboxSupport.TryAsync(runner, cancellationToken);
            var means = string.Join(", ", support.Means);
            return support switch
            {
                { Means.IsEmpty: true } => new Finding(
                    DoctorVerdict.Warn,
                    subject,
                    $"{string.Join(' ', support.Missing)} Read what you approve; be careful with --mode full."
                ),
                { Missing.IsEmpty: true } => new Finding(
                    DoctorVerdict.Ok,
                    subject,
                    $"commands can be walled in with {means}"
                ),
                _ => new Finding(
                    DoctorVerdict.Warn,
                    subject,
                    $"Commands can be walled in with {means}, but not wholly. {string.Join(' ', support.Missing)}"
                ),
            };
        }
        catch (Exception e) when (e is CommandStartException or TimeoutException)
        {
            return new Finding(DoctorVerdict.Warn, subject, $"A test command could not be walled in: {e.Message}");
        }
    }

    public static Finding Telemetry() =>
        (TelemetryExport.Collector, TelemetryExport.IsWanted) switch
        {
            ({ } collector, _) => new Finding(DoctorVerdict.Ok, "telemetry", $"is sent to {collector.Authority}"),
            (null, true) => new Finding(
                DoctorVerdict.Warn,
                "telemetry",
                $"{TelemetryExport.Variable} is no http address. Nothing is sent."
            ),
            _ => new Finding(DoctorVerdict.Ok, "telemetry", "is sent to nobody"),
        };

    private static string? FindOnPath(string name)
    {
        var file = OperatingSystem.IsWindows() ? name + ".exe" : name;
        return (Environment.GetEnvironmentVariable("PATH") ?? "")
            .Split(Path.PathSeparator, StringSplitOptions.RemoveEmptyEntries)
            .Select(folder => Path.Combine(folder, file))
            .FirstOrDefault(File.Exists);
    }
}
