using Sage.Agent.LanguageModels;
using Sage.Server.Handlers.Settings;

namespace Sage.Server.Handlers.LanguageModels;

/// <summary>The models, with the user's settings taken into account before each use.</summary>
internal sealed class ConfiguredModels(ILanguageModels models, EditorSettings settings)
{
    private int _applied = -1;

    public ILanguageModels Models => models;

    /// <summary>Reads the settings when they changed since the last time.</summary>
    public async Task ApplySettingsAsync(CancellationToken cancellationToken)
    {
        var generation = settings.Generation;
        if (Volatile.Read(ref _applied) == generation)
        {
            return;
        }

        var configuration = await settings.GetAsync(cancellationToken);
        if (Interlocked.Exchange(ref _applied, generation) == generation)
        {
            return;
        }

        // PLACE: hand configuration to the providers
        _ = configuration;
    }
}
