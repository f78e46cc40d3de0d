using Sage.Agent.ToolCalls;
using Sage.Protocol.EditorKnowledge;
using Sage.TestKit.Fakes;
using Sage.Tools.Editor;
using Sage.Tools.Editor.Edits;
using Sage.Tools.Files;

namespace Sage.Tools.Tests.Editor;

/// <summary>The tools that ask the editor, in a workspace, with an editor that says what the test wants.</summary>
internal sealed class EditorBench : IDisposable
{
    public EditorBench()
    {
        Asking = new EditorAsking(Editor, Bench.Files);
        Change = new EditorChange(Asking, new FileRewriter(Bench.Files, Bench.Images));
    }

    public ToolBench Bench { get; } = new();

    public FakeEditorKnowledge Editor { get; } = new();

    public EditorAsking Asking { get; }

    public EditorChange Change { get; }

    public string PathOf(string relativePath) => Bench.PathOf(relativePath);

    public Task<ToolResult> RunAsync(ITool tool, string json) => Bench.RunAsync(tool, json);

    /// <summary>One word of a line in place of another.</summary>
    public static EditorTextEdit Replace(int line, int character, string old, string with) =>
        new(line, character, line, character + old.Length, old, with);

    public EditorFileEdit Edits(string relativePath, params EditorTextEdit[] edits) =>
        new(PathOf(relativePath), [.. edits]);

    public void Dispose() => Bench.Dispose();
}
