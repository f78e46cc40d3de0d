using Microsoft.Extensions.DependencyInjection;
using Sage.Agent.LanguageModels;
using Sage.Providers.Catalog;
using Sage.Providers.Editor;

namespace Sage.Providers;

/// <summary>Registers everything this project offers: <see cref="ILanguageModels"/>, <see cref="IProviderSettings"/> and
/// <see cref="IModelConnections"/>.</summary>
public static class ProvidersRegistration
{
    /// <param name="services">The composition root's services; a registered <see cref="TimeProvider"/> and <see cref="IEditorModels"/> are used.</param>
    /// <param name="options">What is configured at the start; <see cref="IProviderSettings.Apply"/> changes it later.</param>
    public static IServiceCollection AddSageProviders(this IServiceCollection services, ProviderOptions? options = null)
    {
        services.AddSingleton(provider => new ModelCatalog(
            options ?? new ProviderOptions(),
            provider.GetService<TimeProvider>() ?? TimeProvider.System,
            provider.GetService<IEditorModels>()
        ));
        services.AddSingleton<ILanguageModels>(provider => provider.GetRequiredService<ModelCatalog>());
        services.AddSingleton<IProviderSettings>(provider => provider.GetRequiredService<ModelCatalog>());
        services.AddSingleton<IModelConnections>(provider => new ModelConnections(
            provider.GetRequiredService<ModelCatalog>(),
            provider.GetService<TimeProvider>() ?? TimeProvider.System
        ));
        return services;
    }
}
