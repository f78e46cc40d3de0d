using Microsoft.Extensions.DependencyInjection;
using Sage.Agent.EditorKnowledge;
using Sage.Agent.ToolCalls;
using Sage.Tools.Editor.Edits;
using Sage.Tools.Files;

namespace Sage.Tools.Editor;

/// <summary>Offers the tools that ask the editor, in the order of their names.</summary>
internal static class EditorToolsRegistration
{
    public static IServiceCollection AddEditorTools(this IServiceCollection services)
    {
        services.AddSingleton(static provider => new EditorAsking(
            provider.GetRequiredService<IEditorKnowledge>(),
            provider.GetRequiredService<WorkspaceFiles>()
        ));
        services.AddSingleton(static provider => new EditorChange(
            provider.GetRequiredService<EditorAsking>(),
            provider.GetRequiredService<FileRewriter>()
        ));
        return services
            .AddTool(static (asking, change) => new CodeActionsTool(asking, change))
            .AddTool(static (asking, _) => new DiagnosticsTool(asking))
            .AddTool(static (asking, _) => new DocumentSymbolsTool(asking))
            .AddTool(static (asking, _) => new FindReferencesTool(asking))
            .AddTool(static (asking, _) => new GoToDefinitionTool(asking))
            .AddTool(static (asking, _) => new HoverTool(asking))
            .AddTool(static (asking, change) => new RenameSymbolTool(asking, change))
            .AddTool(static (asking, _) => new WorkspaceSymbolsTool(asking));
    }

    private static IServiceCollection AddTool(
        this IServiceCollection services,
        Func<EditorAsking, EditorChange, ITool> make
    ) =>
        services.AddSingleton(provider =>
            make(provider.GetRequiredService<EditorAsking>(), provider.GetRequiredService<EditorChange>())
        );
}
