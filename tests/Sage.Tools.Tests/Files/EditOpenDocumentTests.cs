using System.Text;
using System.Text.Json;
using Sage.Agent.ToolCalls;
using Sage.TestKit.Fakes;
using Sage.Tools.Files;

namespace Sage.Tools.Tests.Files;

/// <summary><c>edit_file</c> on documents that are open in the editor.</summary>
public sealed class EditOpenDocumentTests : IDisposable
{
    private readonly ToolBench _bench = new();
    private readonly EditFileTool _tool;

    public EditOpenDocumentTests() => _tool = new EditFileTool(new FileRewriter(_bench.Files, _bench.Images));

    public void Dispose() => _bench.Dispose();

    [Fact]
    public async Task An_open_document_is_edited_through_the_editor_and_saved_when_it_was_clean()
    {
        var path = _bench.Write("a.txt", "a\n");
        _bench.Editor.Open(path, "a\n", DocumentState.Clean);
        var result = await EditAsync("a.txt", ("a", "b"));
        Assert.Equal(1, _bench.Editor.Replacements);
        Assert.Equal("b\n", _bench.Editor.Find(path)!.Text);
        Assert.Equal("b\n", _bench.Read("a.txt"));
        Assert.DoesNotContain("unsaved", result.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_dirty_document_stays_unsaved_and_the_model_is_told()
    {
        var path = _bench.Write("a.txt", "on disk\n");
        _bench.Editor.Open(path, "typed\n", DocumentState.Dirty);
        var result = await EditAsync("a.txt", ("typed", "edited"));
        Assert.Contains("stays unsaved", result.Text, StringComparison.Ordinal);
        Assert.Equal("edited\n", _bench.Editor.Find(path)!.Text);
        Assert.Equal("on disk\n", _bench.Read("a.txt"));
    }

    [Fact]
    public async Task Typing_during_an_edit_makes_it_look_again_once()
    {
        var path = _bench.Write("a.txt", "a\n");
        _bench.Editor.Open(path, "a\n", DocumentState.Dirty);
        var typed = false;
        _bench.Editor.BeforeReplace = _ =>
        {
            if (!typed)
            {
                typed = true;
                _bench.Editor.Open(path, "typed\na\n", DocumentState.Dirty);
            }
        };
        await EditAsync("a.txt", ("a", "b"));
        Assert.Equal("typed\nb\n", _bench.Editor.Find(path)!.Text);
    }

    [Fact]
    public async Task An_editor_that_keeps_refusing_is_an_error()
    {
        var path = _bench.Write("a.txt", "a\n");
        _bench.Editor.Open(path, "a\n", DocumentState.Dirty);
        _bench.Editor.BeforeReplace = _ => _bench.Editor.Open(path, "a\n", DocumentState.Dirty);
        var result = await EditAsync("a.txt", ("a", "b"));
        Assert.Contains("Nothing was written", result.Text, StringComparison.Ordinal);
        Assert.Equal(2, _bench.Editor.Replacements);
    }

    [Fact]
    public async Task What_format_on_save_changes_is_read_again_and_reported()
    {
        var path = _bench.Write("a.ts", "let a=1\n");
        _bench.Editor.Open(path, "let a=1\n", DocumentState.Clean);
        _bench.Editor.FormatOnSave = static text => text.Replace("=", " = ", StringComparison.Ordinal);
        var result = await EditAsync("a.ts", ("a=1", "a=2"));
        Assert.Contains("format on save", result.Text, StringComparison.Ordinal);
        Assert.Contains("+let a = 2", result.Text, StringComparison.Ordinal);
        Assert.DoesNotContain("had changed", (await EditAsync("a.ts", ("2", "3"))).Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_clean_document_with_mixed_endings_is_edited_on_disk_and_a_dirty_one_refused()
    {
        var path = _bench.Write("a.txt", "a\r\nb\nc\n");
        _bench.Editor.Open(path, "a\nb\nc\n", DocumentState.Clean);
        await EditAsync("a.txt", ("b", "B"));
        Assert.Equal("a\r\nB\nc\n", _bench.Read("a.txt"));
        Assert.Equal(0, _bench.Editor.Replacements);

        _bench.Editor.Open(path, "a\nB\ntyped\n", DocumentState.Dirty);
        var refused = await EditAsync("a.txt", ("typed", "x"));
        Assert.Contains("its line endings on disk are mixed", refused.Text, StringComparison.Ordinal);
        Assert.Equal("a\nB\ntyped\n", _bench.Editor.Find(path)!.Text);
    }

    [Fact]
    public async Task A_dirty_document_the_editor_could_not_decode_is_refused()
    {
        var path = _bench.Write("a.c", Encoding.Latin1.GetBytes("// Größe der Fläche über dem Boden für Bären\n"));
        _bench.Editor.Open(path, "// Gr\uFFFD\uFFFDe\ntyped\n", DocumentState.Dirty);
        var refused = await EditAsync("a.c", ("typed", "x"));
        Assert.Contains("the editor did not decode its encoding", refused.Text, StringComparison.Ordinal);
    }

    private Task<ToolResult> EditAsync(string path, params (string Old, string New)[] edits) =>
        _bench.RunAsync(
            _tool,
            JsonSerializer.Serialize(
                new { path, edits = edits.Select(static edit => new { old_text = edit.Old, new_text = edit.New }) }
            )
        );
}
