using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using Sage.Agent.LanguageModels;
using Sage.Protocol;
using Sage.Protocol.LanguageModels;
using Sage.Sandbox.Commands;
using Sage.Server.Hosting;
using Sage.Server.Telemetry;
using Sage.Storage;

namespace Sage.Server.Cli.Doctor;

/// <summary>The things that <c>sage doctor</c> looks at.</summary>
internal static class Checks
{
    private static readonly TimeSpan CommandTakes = TimeSpan.FromSeconds(10);

    public static Finding Version() => new(Verdict.Ok, "version", $"sage {ProductVersion.Text}");

    public static Finding Runtime() =>
        new(
            Verdict.Ok,
            "runtime",
            $"{RuntimeInformation.FrameworkDescription}, {(RuntimeFeature.IsDynamicCodeSupported ? "JIT" : "Native AOT")}, {RuntimeInformation.RuntimeIdentifier}"
        );

    public static Finding Computer() =>
        new(
            Verdict.Ok,
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
            return new Finding(Verdict.Ok, "home", $"{home.Root} is writable");
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return new Finding(
                Verdict.Fail,
                "home",
                $"{home.Root} cannot be written: {e.Message} Free it, or set {SageHome.Variable} to another folder."
            );
        }
    }

    public static async Task<Finding> ModelAsync(ILanguageModels models, CancellationToken cancellationToken)
    {
        try
        {
            var list = await models.ListAsync(cancellationToken);
            return Model(list.Models.FirstOrDefault(model => model.Id == list.Selected));
        }
        catch (SageException e)
        {
            return new Finding(Verdict.Fail, "model", e.Message);
        }
    }

    public static Finding Program(string name, string subject, string without) =>
        FindOnPath(name) is { } path
            ? new Finding(Verdict.Ok, subject, path)
            : new Finding(Verdict.Warn, subject, $"{name} is not on PATH. {without}");

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
                ? new Finding(Verdict.Ok, subject, Supervised)
                : new Finding(Verdict.Fail, subject, $"A test command did not work: {exit.Description}.");
        }
        catch (Exception e) when (e is CommandStartException or TimeoutException)
        {
            return new Finding(Verdict.Fail, subject, $"A test command did not work: {e.Message}");
        }
    }

    public static Finding Sandbox() =>
        new(
            Verdict.Warn,
            "sandbox",
            "No operating system sandbox holds commands back yet. Read what you approve; be careful with --mode full."
        );

    public static Finding Telemetry() =>
        (TelemetryExport.Collector, TelemetryExport.IsWanted) switch
        {
            ({ } collector, _) => new Finding(Verdict.Ok, "telemetry", $"is sent to {collector.Authority}"),
            (null, true) => new Finding(
                Verdict.Warn,
                "telemetry",
                $"{TelemetryExport.Variable} is no http address. Nothing is sent."
            ),
            _ => new Finding(Verdict.Ok, "telemetry", "is sent to nobody"),
        };

    private static Finding Model(ModelSummary? selected) =>
        selected switch
        {
            null => new Finding(
                Verdict.Fail,
                "model",
                "No model can be chosen. Set an API key, for example OPENAI_API_KEY."
            ),
            { Ready: false } => new Finding(
                Verdict.Fail,
                "model",
                $"{selected.Id} is not ready: {selected.Hint ?? "its key is missing."}"
            ),
            _ => new Finding(Verdict.Ok, "model", Describe(selected)),
        };

    private static string Describe(ModelSummary model) =>
        model.Hint is null ? $"{model.Id} is ready" : $"{model.Id} is ready. {model.Hint}";

    private static string? FindOnPath(string name)
    {
        var file = OperatingSystem.IsWindows() ? name + ".exe" : name;
        return (Environment.GetEnvironmentVariable("PATH") ?? "")
            .Split(Path.PathSeparator, StringSplitOptions.RemoveEmptyEntries)
            .Select(folder => Path.Combine(folder, file))
            .FirstOrDefault(File.Exists);
    }
}
