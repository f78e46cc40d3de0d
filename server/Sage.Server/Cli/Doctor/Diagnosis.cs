using Microsoft.Extensions.DependencyInjection;
using Sage.Providers.Catalog;
using Sage.Server.Handlers.Settings;
using Sage.Server.Hosting;
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

    public IAsyncEnumerable<Finding> ExamineAsync(CancellationToken cancellationToken)
    {
        // What is said of the model is about the one that the settings name.
        var (_, saved) = Checks.Settings(_services.GetRequiredService<SettingsFile>());
        _services
            .GetRequiredService<IProviderSettings>()
            .Apply(ModelSettings.Providers(options.Providers ?? new ProviderOptions(), saved));
        var examination = _services.GetRequiredService<Examination>();
        return examination.ExamineAsync(options.Online, cancellationToken);
    }

    public ValueTask DisposeAsync() => _services.DisposeAsync();

    private sealed class NullPrinter : EventPrinter
    {
        public override void Print(Protocol.Events.EventEnvelope envelope) { }

        public override ValueTask FlushAsync() => ValueTask.CompletedTask;
    }
}
