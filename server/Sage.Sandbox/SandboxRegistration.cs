using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Sage.Sandbox.Commands;
using Sage.Sandbox.Supervision;

namespace Sage.Sandbox;

/// <summary>Puts the sandbox into the composition root.</summary>
public static class SandboxRegistration
{
    /// <summary>Adds <see cref="CommandRunner"/>. The executable must answer the verb <see cref="Supervisor.Verb"/>.</summary>
    public static IServiceCollection AddSageSandbox(this IServiceCollection services)
    {
        services.TryAddSingleton(TimeProvider.System);
        services.TryAddSingleton(_ => SupervisorLaunch.OwnExecutable);
        services.TryAddSingleton(EnvironmentScrub.Default);
        services.AddSingleton<CommandRunner>();
        return services;
    }
}
