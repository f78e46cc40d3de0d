using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Sage.Agent.Commands;
using Sage.Agent.Extensions;
using Sage.Agent.Memory;
using Sage.Agent.Skills;
using Sage.Extensibility.Commands;
using Sage.Extensibility.Mcp;
using Sage.Extensibility.Mcp.Configuration;
using Sage.Extensibility.Memory;
using Sage.Extensibility.Memory.Rules;
using Sage.Extensibility.Skills;

namespace Sage.Extensibility;

/// <summary>Puts what users bring into the composition root.</summary>
public static class ExtensibilityRegistration
{
    /// <summary>
    /// Adds the prompt sources, the most stable first: providers cache prompts by their beginning; and the servers whose tools
    /// come later.
    /// </summary>
    public static IServiceCollection AddSageExtensibility(this IServiceCollection services)
    {
        services.TryAddSingleton(TimeProvider.System);
        services.AddSingleton<ExtensionSkills>();
        services.AddSingleton<ISkills, SkillFiles>();
        services.AddSingleton<ICommands, CommandFiles>();
        services.AddSingleton<IMemory, RuleFiles>();
        services.AddSingleton<IFolderRules, FolderRuleFiles>();
        services.AddSingleton<IPromptSource, RuleFiles>();
        services.AddSingleton<IPromptSource, SkillList>();
        services.AddSingleton<IPromptSource, WorkspaceFacts>();
        services.AddSingleton<McpFiles>();
        services.AddSingleton<McpServers>();
        services.AddSingleton<IToolSource>(provider => provider.GetRequiredService<McpServers>());
        services.AddSingleton<IProjectOffers>(provider => provider.GetRequiredService<McpServers>());
        return services;
    }
}
