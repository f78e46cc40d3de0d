using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Sage.Agent.CommitMessages;
using Sage.Agent.EditorKnowledge;
using Sage.Agent.Extensions;
using Sage.Agent.Extensions.Mcp;
using Sage.Agent.InlineEdits;
using Sage.Agent.Permissions;
using Sage.Agent.Runtime;
using Sage.Agent.Sessions;
using Sage.Agent.Sessions.Library;
using Sage.Agent.ToolCalls;
using Sage.Extensibility;
using Sage.Providers;
using Sage.Providers.Catalog;
using Sage.Sandbox;
using Sage.Server.Cli.Doctor;
using Sage.Server.Handlers.Lifecycle;
using Sage.Server.Logging;
using Sage.Server.Rpc;
using Sage.Storage;
using Sage.Tools;

namespace Sage.Server.Hosting;

/// <summary>The composition root: one <c>Add…</c> for each project, and nothing created before it is needed.</summary>
internal static class SageHost
{
    /// <summary>What the language server is made of.</summary>
    /// <param name="configure">Replaces parts, in tests.</param>
    public static ServiceProvider ForEditor(Action<IServiceCollection>? configure = null)
    {
        var services = Shared().AddHandlers().AddRpc();
        configure?.Invoke(services);
        return services.BuildServiceProvider();
    }

    /// <summary>What a command in the terminal is made of.</summary>
    /// <param name="client">Stands in for the editor.</param>
    /// <param name="configure">Replaces parts, in tests.</param>
    public static ServiceProvider ForTerminal(IClient client, Action<IServiceCollection>? configure = null)
    {
        var services = Shared();
        services.AddSingleton(client);
        services.AddSingleton<IEditorDocuments, NoEditorDocuments>();
        services.AddSingleton<IEditorHelp, NoEditorHelp>();
        services.AddSingleton<IEditorKnowledge, NoEditorKnowledge>();
        configure?.Invoke(services);
        return services.BuildServiceProvider();
    }

    private static IServiceCollection Shared() =>
        new ServiceCollection()
            .AddSageLog()
            .AddSageAgent()
            .AddSageProviders(new ProviderOptions())
            .AddSageStorage()
            .AddSageExtensibility()
            .AddSageSandbox()
            // The editor names its ripgrep in `initialize`, long after this and long before the first search.
            .AddSageTools(provider => provider.GetService<EditorClient>()?.Options.RipgrepPath);

    private static IServiceCollection AddSageAgent(this IServiceCollection services)
    {
        services.TryAddSingleton(TimeProvider.System);
        services.TryAddSingleton<WorkspaceTrust>();
        services.AddSingleton<WorkTree>();
        services.AddSingleton<ToolCatalog>();
        services.AddSingleton<SessionRegistry>();
        services.AddSingleton<SessionLibrary>();
        services.AddSingleton<InlineEditor>();
        services.AddSingleton<CommitMessageWriter>();
        services.AddSingleton<Examination>();
        return services;
    }

    private static IServiceCollection AddRpc(this IServiceCollection services)
    {
        services.AddSingleton<ServerLifecycle>();
        services.AddSingleton<ParentWatch>();
        services.AddSingleton<ClientConnection>();
        services.AddSingleton<ClientNotifier>();
        services.AddSingleton<IClient>(provider => provider.GetRequiredService<ClientNotifier>());
        services.AddSingleton<RequestQueue>();
        services.AddSingleton<SageRpcTarget>();
        return services;
    }
}
