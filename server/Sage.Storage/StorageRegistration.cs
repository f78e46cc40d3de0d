using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Sage.Agent.Extensions;
using Sage.Agent.Hooks;
using Sage.Agent.Permissions;
using Sage.Storage.Checkpoints;
using Sage.Storage.Journals;
using Sage.Storage.Permissions;
using Sage.Storage.Settings;
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
        services.AddSingleton(provider => provider.GetRequiredService<SageHome>().ForUser());
        services.AddSingleton<SettingsFile>();
        services.TryAddSingleton<WorkspaceTrust>();
        services.AddSingleton<IProjectConsents, ProjectConsents>();
        services.AddSingleton<IWebSettings, WebSettingsFile>();
        services.AddSingleton<IMcpSettings, McpSettingsFile>();
        services.AddSingleton<IHookSettings, HookSettingsFile>();
        services.AddSingleton<PermissionFiles>();
        services.AddSingleton<IProjectOffers>(provider => provider.GetRequiredService<PermissionFiles>());
        services.AddSingleton<IPermissionRules>(provider => provider.GetRequiredService<PermissionFiles>());
        services.AddSingleton<IJournals>(provider => new FileJournals(provider.GetRequiredService<SageHome>()));
        services.AddSingleton<IStoredSessions, StoredSessions>();
        services.AddSingleton<ISpillFiles, SpillFiles>();
        services.AddSingleton<IFileImages, FileImages>();
        return services;
    }
}
