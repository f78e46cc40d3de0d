using System.Text;
using Sage.Agent.ToolCalls;
using Sage.Protocol.Events;
using Sage.TestKit.Fakes;
using Sage.Tools.Files;

namespace Sage.Tools.Tests.Checkpoints;

/// <summary>What a file held before and after an edit can be had back.</summary>
public sealed class KeptImagesTests : IDisposable
{
    private readonly ToolBench _bench = new();
    private readonly EditFileTool _edit;
    private readonly WriteFileTool _write;

    public KeptImagesTests()
    {
        var rewriter = new FileRewriter(_bench.Files, _bench.Images);
        (_edit, _write) = (new EditFileTool(rewriter), new WriteFileTool(rewriter));
    }

    public void Dispose() => _bench.Dispose();

    [Theory]
    [InlineData("a\r\nb\nc")]
    [InlineData("\uFEFFa\nb\n")]
    public async Task Both_are_kept_byte_by_byte(string text)
    {
        var bytes = Encoding.UTF8.GetBytes(text);
        _bench.Write("a.txt", bytes);

        var changed = await EditAsync("""{"path":"a.txt","edits":[{"old_text":"b","new_text":"B"}]}""");

        Assert.Equal(bytes, await ReadAsync(changed.Before));
        Assert.Equal(_bench.Bytes("a.txt"), await ReadAsync(changed.After));
        if (!OperatingSystem.IsWindows())
        {
            Assert.Equal((int)File.GetUnixFileMode(_bench.PathOf("a.txt")), changed.Before!.Mode);
        }
    }

    [Fact]
    public async Task A_new_file_has_nothing_before_it()
    {
        var result = await _bench.RunAsync(_write, """{"path":"new.txt","content":"hello\n"}""");

        var changed = Assert.IsType<FileChanged>(Assert.Single(result.Events));
        Assert.Null(changed.Before);
        Assert.Equal("hello\n"u8.ToArray(), await ReadAsync(changed.After));
    }

    [Fact]
    public async Task Of_a_document_with_unsaved_changes_what_the_user_sees_is_kept()
    {
        _bench.Write("a.txt", "on disk\n");
        _bench.Editor.Open(_bench.PathOf("a.txt"), "in the editor\n", DocumentState.Dirty);

        var changed = await EditAsync("""{"path":"a.txt","edits":[{"old_text":"the editor","new_text":"Sage"}]}""");

        Assert.Equal("in the editor\n"u8.ToArray(), await ReadAsync(changed.Before));
        Assert.Equal("in Sage\n"u8.ToArray(), await ReadAsync(changed.After));
    }

    [Fact]
    public async Task Nothing_is_changed_when_what_is_there_cannot_be_kept()
    {
        _bench.Write("a.txt", "a\n");
        _bench.Images.Failure = new IOException("The disk is full. Free some space and try again.");

        var result = await _bench.RunAsync(_edit, """{"path":"a.txt","edits":[{"old_text":"a","new_text":"b"}]}""");

        Assert.Equal(
            ToolResult.Error(
                "What a.txt holds could not be kept, so it was not changed. The disk is full. Free some space and try again."
            ),
            result
        );
        Assert.Equal("a\n", _bench.Read("a.txt"));
    }

    private async Task<FileChanged> EditAsync(string input) =>
        Assert.IsType<FileChanged>(Assert.Single((await _bench.RunAsync(_edit, input)).Events));

    private async Task<byte[]?> ReadAsync(FileImage? image) =>
        await _bench.Images.ReadAsync("session-1", Assert.IsType<FileImage>(image), CancellationToken.None);
}
