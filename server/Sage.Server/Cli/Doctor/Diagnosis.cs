using System.Runtime.CompilerServices;
using Microsoft.Extensions.DependencyInjection;
using Sage.Agent.Hooks;
using Sage.Agent.LanguageModels;
using Sage.Providers.Catalog;
using Sage.Sandbox.Commands;
using Sage.Server.Handlers.Settings;
using Sage.Server.Hosting;
using Sage.Storage;
using Sage.Storage.Settings;

namespace Sage.Server.Cli.Doctor;

/// <param name="Providers">Which model is meant; null for the one Sage chooses.</param>
/// <param name="Online">Whether the model may be asked.</param>
internal sealed record DiagnosisOptions(ProviderOptions? Providers = null, bool Online = false);

/// <summary>Looks at everything Sage needs, one finding after the other; no session is opened for it.</summary>
internal sealed class Diagnosis(DiagnosisOptions options, Action<IServiceCollection>? configure = null)
    : IAsyncDisposable
{
    private readonly ServiceProvider _services = SageHost.ForTerminal(new TerminalClient(new NullPrinter()), configure);

    /// <summary>What Sage is made of here; gone with the diagnosis.</summary>
    public IServiceProvider Services => _services;

    public async IAsyncEnumerable<Finding> ExamineAsync([EnumeratorCancellation] CancellationToken cancellationToken)
    {
        yield return Checks.Version();
        yield return Checks.Runtime();
        yield return Checks.Computer();
        yield return Checks.Home(_services.GetRequiredService<SageHome>());
        yield return ReadSettings();
        var model = new ModelChecks(
            _services.GetRequiredService<ILanguageModels>(),
            _services.GetRequiredService<IModelConnections>()
        );
        await foreach (var finding in model.ExamineAsync(options.Online, cancellationToken))
        {
            yield return finding;
        }
        yield return Checks.Program(
            "git",
            "git",
            "Sage works without it, but cannot tell what changed since a commit."
        );
        yield return Checks.Program("rg", "ripgrep", "In a terminal the built-in search is used, which is slower.");
        yield return await Checks.SupervisorAsync(_services.GetRequiredService<CommandRunner>());
        yield return await Checks.SandboxAsync(_services.GetRequiredService<CommandRunner>(), cancellationToken);
        yield return HookChecks.Files(_services.GetRequiredService<IHooks>());
        yield return Checks.Telemetry();
    }

    /// <summary>What follows is about the model that the settings name.</summary>
    private Finding ReadSettings()
    {
        var (finding, saved) = Checks.Settings(_services.GetRequiredService<SettingsFile>());
        _services
            .GetRequiredService<IProviderSettings>()
            .Apply(ModelSettings.Providers(options.Providers ?? new ProviderOptions(), saved));
        return finding;
    }

    public ValueTask DisposeAsync() => _services.DisposeAsync();

    private sealed class NullPrinter : EventPrinter
    {
        public override void Print(Protocol.Events.EventEnvelope envelope) { }

        public override ValueTask FlushAsync() => ValueTask.CompletedTask;
    }
}
