using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Sage.Agent.Commands;
using Sage.Agent.Extensions;
using Sage.Agent.Extensions.Mcp;
using Sage.Agent.Hooks;
using Sage.Agent.Mcp;
using Sage.Agent.Memory;
using Sage.Agent.Permissions;
using Sage.Agent.Skills;
using Sage.Agent.Subagents;
using Sage.Agent.ToolCalls;
using Sage.Agent.Workspaces;
using Sage.Extensibility.Commands;
using Sage.Extensibility.Hooks;
using Sage.Extensibility.Hooks.Configuration;
using Sage.Extensibility.Mcp;
using Sage.Extensibility.Mcp.Configuration;
using Sage.Extensibility.Mcp.Prompts;
using Sage.Extensibility.Mcp.Resources;
using Sage.Extensibility.Memory;
using Sage.Extensibility.Memory.Rules;
using Sage.Extensibility.Skills;
using Sage.Extensibility.Subagents;

namespace Sage.Extensibility;

/// <summary>Puts what users bring into the composition root.</summary>
public static class ExtensibilityRegistration
{
    /// <summary>
    /// Adds the prompt sources, the most stable first: providers cache prompts by their beginning; and the servers whose tools
    /// come later, and hooks.
    /// </summary>
    public static IServiceCollection AddSageExtensibility(this IServiceCollection services)
    {
        services.TryAddSingleton(TimeProvider.System);
        services.AddSingleton<ExtensionSkills>();
        services.AddSingleton<ISkills, SkillFiles>();
        services.AddSingleton<ISubagentKinds>(static provider => new SubagentFiles(
            provider.GetRequiredService<UserFolders>(),
            provider.GetRequiredService<WorkspaceTrust>(),
            new ToolWords(provider.GetServices<ITool>().Select(static tool => tool.Definition.Name))
        ));
        services.AddSingleton<CommandFiles>();
        services.AddSingleton<McpPrompts>();
        services.AddSingleton<ICommands, AllCommands>();
        services.AddSingleton<IResources, McpResources>();
        services.AddSingleton<IMemory, RuleFiles>();
        services.AddSingleton<IFolderRules, FolderRuleFiles>();
        services.AddSingleton<IPromptSource, RuleFiles>();
        services.AddSingleton<IPromptSource, SkillList>();
        services.AddSingleton<IPromptSource, SubagentList>();
        services.AddSingleton<IPromptSource, WorkspaceFacts>();
        services.AddSingleton<McpFiles>();
        services.AddSingleton<McpServers>();
        services.AddSingleton<IToolSource>(provider => provider.GetRequiredService<McpServers>());
        services.AddSingleton<IMcpServers>(provider => provider.GetRequiredService<McpServers>());
        services.AddSingleton<IProjectOffers>(provider => provider.GetRequiredService<McpServers>());
        services.AddSingleton<HookFiles>();
        services.AddSingleton<ConfiguredHooks>();
        services.AddSingleton<IHooks>(provider => provider.GetRequiredService<ConfiguredHooks>());
        services.AddSingleton<IProjectOffers>(provider => provider.GetRequiredService<ConfiguredHooks>());
        return services;
    }
}
