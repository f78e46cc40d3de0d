using Microsoft.Extensions.Logging;
using Sage.Agent.LanguageModels;
using Sage.Agent.Turns;
using Sage.Protocol;
using Sage.Protocol.LanguageServer;
using Sage.Providers.Catalog;
using Sage.Server.Handlers.Settings;
using Sage.Storage.Settings;

namespace Sage.Server.Handlers.LanguageModels;

/// <summary>The models, with the user's settings taken into account before each use.</summary>
internal sealed class ConfiguredModels(
    ILanguageModels models,
    IProviderSettings providers,
    EditorSettings settings,
    SettingsFile file,
    ILogger<ConfiguredModels> log
) : IDisposable
{
    private readonly SemaphoreSlim _applying = new(1, 1);
    private int _applied = -1;

    public ILanguageModels Models => models;

    /// <summary>What a turn may spend before the user is asked.</summary>
    public TurnLimits Limits { get; private set; } = TurnLimits.Default;

    /// <summary>Reads the settings when they changed since the last time.</summary>
    public async Task ApplySettingsAsync(CancellationToken cancellationToken)
    {
        if (Volatile.Read(ref _applied) == settings.Generation)
        {
            return;
        }

        await _applying.WaitAsync(cancellationToken);
        try
        {
            var generation = settings.Generation;
            if (_applied == generation)
            {
                return;
            }

            var configured = (await settings.GetAsync(cancellationToken)).Over(FromFile());
            providers.Apply(ModelSettings.Providers(configured));
            Limits = ModelSettings.Limits(configured);
            Volatile.Write(ref _applied, generation);
        }
        finally
        {
            _applying.Release();
        }
    }

    public void Dispose() => _applying.Dispose();

    private SageConfiguration FromFile()
    {
        try
        {
            return file.Read();
        }
        catch (SageException e)
        {
            log.LogWarning("{Problem} What it says does not hold", e.Message);
            return new SageConfiguration();
        }
    }
}
