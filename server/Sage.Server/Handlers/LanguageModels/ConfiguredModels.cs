using Sage.Agent.LanguageModels;
using Sage.Protocol.LanguageServer;
using Sage.Providers.Catalog;
using Sage.Server.Handlers.Settings;

namespace Sage.Server.Handlers.LanguageModels;

/// <summary>The models, with the user's settings taken into account before each use.</summary>
internal sealed class ConfiguredModels(ILanguageModels models, IProviderSettings providers, EditorSettings settings)
    : IDisposable
{
    private readonly SemaphoreSlim _applying = new(1, 1);
    private int _applied = -1;

    public ILanguageModels Models => models;

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

            providers.Apply(Options(await settings.GetAsync(cancellationToken)));
            Volatile.Write(ref _applied, generation);
        }
        finally
        {
            _applying.Release();
        }
    }

    public void Dispose() => _applying.Dispose();

    private static ProviderOptions Options(SageConfiguration configuration) =>
        new()
        {
            Provider = Given(configuration.Provider),
            BaseUrl = Given(configuration.BaseUrl),
            Model = Given(configuration.Model),
        };

    // An editor sends an empty string for a setting that is not set.
    private static string? Given(string? value) => string.IsNullOrWhiteSpace(value) ? null : value.Trim();
}
