using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Sage.Agent.Extensions;
using Sage.Storage.Journals;
using Sage.Storage.Spill;

namespace Sage.Storage;

/// <summary>Registers what Sage.Storage implements.</summary>
public static class StorageRegistration
{
    /// <param name="services">The composition root's.</param>
    /// <param name="home">Where everything is kept; from the environment when absent.</param>
    public static IServiceCollection AddSageStorage(this IServiceCollection services, SageHome? home = null)
    {
        services.TryAddSingleton(TimeProvider.System);
        services.AddSingleton(home ?? SageHome.FromEnvironment());
        services.AddSingleton<IJournals, FileJournals>();
        services.AddSingleton<ISpillFiles, SpillFiles>();
        return services;
    }
}
