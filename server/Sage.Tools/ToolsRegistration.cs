using Microsoft.Extensions.DependencyInjection;
using Sage.Agent.EditorKnowledge;
using Sage.Agent.Extensions;
using Sage.Agent.Skills;
using Sage.Agent.ToolCalls;
using Sage.Sandbox.Commands;
using Sage.Tools.Checkpoints;
using Sage.Tools.Checkpoints.Commands;
using Sage.Tools.Editor;
using Sage.Tools.Files;
using Sage.Tools.Files.Moving;
using Sage.Tools.Files.Patching;
using Sage.Tools.Planning;
using Sage.Tools.Search;
using Sage.Tools.Shell;
using Sage.Tools.Shell.Background;
using Sage.Tools.Skills;
using Sage.Tools.Subagents;
using Sage.Tools.Web;

namespace Sage.Tools;

/// <summary>Offers the built-in tools to the agent, in the order of their names.</summary>
public static class ToolsRegistration
{
    /// <summary>Needs <see cref="IEditorDocuments"/>, <see cref="IEditorKnowledge"/>, <see cref="ISpillFiles"/>, <see cref="IFileImages"/>, <see cref="IWebSettings"/>, <see cref="IPermissionRules"/>, <see cref="ISkills"/>, <see cref="CommandRunner"/> and a clock.</summary>
    /// <param name="ripgrepPath">
    /// Asked when the first search runs: the editor's own ripgrep; the one on the search path when null, none when there is none.
    /// </param>
    public static IServiceCollection AddSageTools(
        this IServiceCollection services,
        Func<IServiceProvider, string?>? ripgrepPath = null
    )
    {
        services.AddSingleton(provider => new WorkspacePaths(
            provider.GetRequiredService<ISpillFiles>(),
            provider.GetRequiredService<ISkills>(),
            provider.GetRequiredService<IPermissionRules>()
        ));
        services.AddSingleton(provider => new WorkspaceFiles(
            provider.GetRequiredService<WorkspacePaths>(),
            provider.GetRequiredService<IEditorDocuments>()
        ));
        services.AddSingleton(provider => new FileRewriter(
            provider.GetRequiredService<WorkspaceFiles>(),
            provider.GetRequiredService<IFileImages>()
        ));
        services.AddSingleton<ICheckpointFiles>(provider => new CheckpointFiles(
            provider.GetRequiredService<WorkspaceFiles>(),
            provider.GetRequiredService<IFileImages>()
        ));
        services.AddSingleton(provider => new CommandCheckpoints(provider.GetRequiredService<IFileImages>()));
        services.AddSingleton<IAttachmentReader>(provider => new AttachmentReader(
            provider.GetRequiredService<WorkspaceFiles>()
        ));

        // In the order of their names; then those that only an editor has.
        return services.AddToolsToGrep(ripgrepPath).AddToolsFromListDirectory().AddEditorTools();
    }

    private static IServiceCollection AddToolsToGrep(
        this IServiceCollection services,
        Func<IServiceProvider, string?>? ripgrepPath
    )
    {
        services.AddSingleton<ITool>(static provider => new ApplyPatchTool(
            provider.GetRequiredService<FileRewriter>()
        ));
        services.AddSingleton<ITool>(static _ => new AskUserTool());
        services.AddSingleton<ITool>(static provider => new CommandOutputTool(
            provider.GetRequiredService<TimeProvider>()
        ));
        services.AddSingleton<ITool>(static provider => new DeleteFileTool(
            provider.GetRequiredService<FileRewriter>()
        ));
        services.AddSingleton<ITool>(static provider => new EditFileTool(provider.GetRequiredService<FileRewriter>()));
        services.AddSingleton<ITool>(static _ => new ExitPlanModeTool());
        services.AddSingleton<ITool>(static provider =>
            WebTools.NewFetchUrl(
                provider.GetRequiredService<IWebSettings>(),
                provider.GetRequiredService<TimeProvider>()
            )
        );
        services.AddSingleton<ITool>(static provider => new GlobTool(provider.GetRequiredService<WorkspacePaths>()));
        services.AddSingleton<ITool>(provider => new GrepTool(
            provider.GetRequiredService<WorkspacePaths>(),
            provider.GetRequiredService<IEditorDocuments>(),
            () =>
                ripgrepPath?.Invoke(provider) is { Length: > 0 } named
                    ? named
                    : Ripgrep.FindOnPath(Environment.GetEnvironmentVariable("PATH"))
        ));
        return services;
    }

    private static IServiceCollection AddToolsFromListDirectory(this IServiceCollection services)
    {
        services.AddSingleton<ITool>(static provider => new ListDirectoryTool(
            provider.GetRequiredService<WorkspacePaths>()
        ));
        services.AddSingleton<ITool>(static provider => new LoadSkillTool(provider.GetRequiredService<ISkills>()));
        services.AddSingleton<ITool>(static provider => new MoveFileTool(provider.GetRequiredService<FileRewriter>()));
        services.AddSingleton<ITool>(static provider => new NotebookEditTool(
            provider.GetRequiredService<FileRewriter>()
        ));
        services.AddSingleton<ITool>(static provider => new ReadFileTool(
            provider.GetRequiredService<WorkspaceFiles>()
        ));
        services.AddSingleton<ITool>(static provider => new RunCommandTool(
            provider.GetRequiredService<CommandRunner>(),
            provider.GetRequiredService<WorkspacePaths>(),
            provider.GetRequiredService<ISpillFiles>(),
            provider.GetRequiredService<CommandCheckpoints>(),
            new CommandSandbox(provider.GetRequiredService<IFileImages>().Home),
            provider.GetRequiredService<TimeProvider>()
        ));
        services.AddSingleton<ITool>(static _ => new RunSubagentTool());
        services.AddSingleton<ITool>(static provider => new StopCommandTool(
            provider.GetRequiredService<TimeProvider>()
        ));
        services.AddSingleton<ITool>(static _ => new UpdatePlanTool());
        services.AddSingleton<ITool>(static provider =>
            WebTools.NewSearch(provider.GetRequiredService<IWebSettings>())
        );
        services.AddSingleton<ITool>(static provider => new WriteFileTool(provider.GetRequiredService<FileRewriter>()));
        return services;
    }
}
