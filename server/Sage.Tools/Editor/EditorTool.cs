using System.Text.Json.Serialization.Metadata;
using Sage.Agent.EditorKnowledge;
using Sage.Agent.ToolCalls;

namespace Sage.Tools.Editor;

/// <summary>A tool that the editor's language servers answer; without an editor that can be asked there is no such tool.</summary>
internal abstract class EditorTool<TInput>(
    EditorAsking asking,
    string name,
    string description,
    JsonTypeInfo<TInput> inputType
) : Tool<TInput>(name, description, inputType, TimeSpan.FromSeconds(60)), ITool
    where TInput : class
{
    public bool IsAvailable => Editor.IsThere;

    protected EditorAsking Asking => asking;

    protected IEditorKnowledge Editor => asking.Editor;
}
