using System.Diagnostics;
using System.Text.Json;
using Sage.Agent.Permissions;
using Sage.Agent.ToolCalls;
using Sage.Protocol.Events;
using Sage.TestKit.Fakes;
using Sage.Tools.Files;
using Sage.Tools.Files.Moving;

namespace Sage.Tools.Tests.Files.Moving;

public sealed class DeleteFileToolTests : IDisposable
{
    private readonly ToolBench _bench = new();
    private readonly DeleteFileTool _tool;
    private readonly ReadFileTool _read;

    public DeleteFileToolTests()
    {
        _tool = new DeleteFileTool(new FileRewriter(_bench.Files, _bench.Images));
        _read = new ReadFileTool(_bench.Files);
    }

    public void Dispose() => _bench.Dispose();

    [Fact]
    public async Task A_file_is_deleted_and_what_it_held_is_kept()
    {
        _bench.Write("src/a.ts", "one\ntwo\n");
        var result = await DeleteAsync("src/a.ts");
        Assert.Equal("Deleted src/a.ts.", result.Text);
        Assert.Empty(Directory.GetFileSystemEntries(_bench.PathOf("src")));
        var changed = Assert.IsType<FileChanged>(Assert.Single(result.Events));
        Assert.Equal(
            ("call-1", "src/a.ts", FileChangeKind.Deleted, null),
            (changed.CallId, changed.Path, changed.Kind, changed.After)
        );
        Assert.Equal("one\ntwo\n"u8.ToArray(), await KeptAsync(changed.Before!));
        Assert.Equal(["-one", "-two"], Assert.Single(changed.Hunks).Lines.ToArray());
    }

    [Fact]
    public void A_call_declares_what_it_writes_and_how_it_is_allowed()
    {
        var call = _bench.Accept(_tool, """{"path":"src/../b.ts"}""");
        Assert.Equal("Delete b.ts", call.Title);
        Assert.Equal(_bench.PathOf("b.ts"), Assert.Single(call.Access.Writes));
        Assert.Equal((PermissionKind.Edit, "delete_file(b.ts)"), (call.Permission.Kind, call.Permission.Rule));
    }

    [Fact]
    public async Task The_preview_shows_what_goes_and_deletes_nothing()
    {
        _bench.Write("a.txt", "a\n");
        var preflight = await _bench.Accept(_tool, """{"path":"a.txt"}""").PreflightAsync!(CancellationToken.None);
        var diff = Assert.Single(preflight.Previews);
        Assert.Equal(("a.txt", FileChangeKind.Deleted), (diff.Path, diff.Kind));
        Assert.Equal("-a", Assert.Single(Assert.Single(diff.Hunks).Lines));
        Assert.True(File.Exists(_bench.PathOf("a.txt")));
    }

    [Fact]
    public async Task A_binary_or_an_empty_file_is_deleted_too()
    {
        _bench.Write("a.bin", [0, 1, 2]);
        _bench.Write("empty", "");
        var changed = Assert.IsType<FileChanged>(Assert.Single((await DeleteAsync("a.bin")).Events));
        Assert.Empty(changed.Hunks);
        Assert.Equal([0, 1, 2], await KeptAsync(changed.Before!));
        Assert.Equal("Deleted empty.", (await DeleteAsync("empty")).Text);
        Assert.Empty(Directory.GetFileSystemEntries(_bench.Workspace.Root));
    }

    [Fact]
    public async Task A_file_that_is_too_large_to_be_kept_is_said_to_be_gone()
    {
        _bench.Images.Largest = 3;
        _bench.Write("a.txt", "more than that\n");
        Assert.EndsWith("it cannot be had back.", (await DeleteAsync("a.txt")).Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_file_that_cannot_be_kept_is_not_deleted()
    {
        _bench.Images.Failure = new IOException("The disk is full.");
        _bench.Write("a.txt", "a\n");
        Assert.Equal(
            ToolResult.Error("What a.txt holds could not be kept, so it was not changed. The disk is full."),
            await DeleteAsync("a.txt")
        );
        Assert.Equal("a\n", _bench.Read("a.txt"));
    }

    [Fact]
    public async Task A_file_that_the_user_is_working_on_is_not_deleted()
    {
        var path = _bench.Write("a.txt", "a\n");
        _bench.Editor.Open(path, "typed\n", DocumentState.Dirty);
        Assert.Contains(
            "unsaved changes in the editor, so it was not deleted",
            await RefusedAsync("a.txt"),
            StringComparison.Ordinal
        );
        _bench.Editor.Open(path, "a\n", DocumentState.Clean);
        Assert.Equal("Deleted a.txt.", (await DeleteAsync("a.txt")).Text);
    }

    [Fact]
    public async Task A_file_that_changed_since_it_was_read_is_not_deleted()
    {
        _bench.Write("a.txt", "one\ntwo\n");
        await _bench.RunAsync(_read, """{"path":"a.txt"}""");
        _bench.Write("a.txt", "one\nmine\n");
        Assert.Contains(
            "a.txt has changed since you read it: line 2 changed. Read it again before deleting it.",
            await RefusedAsync("a.txt"),
            StringComparison.Ordinal
        );
        await _bench.RunAsync(_read, """{"path":"a.txt"}""");
        Assert.Equal(ToolCallStatus.Ok, (await DeleteAsync("a.txt")).Status);
    }

    [Fact]
    public async Task What_is_no_plain_file_inside_the_workspace_is_refused()
    {
        _bench.Write("dir/app.ts", "a");
        _bench.Write(".git/config", "a");
        _bench.Write(".sage/settings.json", "{}");
        File.CreateSymbolicLink(_bench.PathOf("link.ts"), "dir/app.ts");
        File.SetAttributes(_bench.Write("ro.txt", "a\n"), FileAttributes.ReadOnly);
        Assert.Contains("is a folder; only files can be deleted", await RefusedAsync("dir"), StringComparison.Ordinal);
        Assert.Contains("Did you mean dir/app.ts?", await RefusedAsync("dir/ap.ts"), StringComparison.Ordinal);
        Assert.Contains("is a symbolic link to dir/app.ts", await RefusedAsync("link.ts"), StringComparison.Ordinal);
        Assert.Contains("is read-only", await RefusedAsync("ro.txt"), StringComparison.Ordinal);
        Assert.Contains("is protected", await RefusedAsync(".git/config"), StringComparison.Ordinal);
        Assert.Contains("is protected", await RefusedAsync(".sage/settings.json"), StringComparison.Ordinal);
        Assert.Contains("outside the workspace", await RefusedAsync("../x"), StringComparison.Ordinal);
        Assert.Equal("a", _bench.Read("link.ts"));
    }

    [Fact]
    public async Task A_pipe_is_refused_and_never_opened()
    {
        if (OperatingSystem.IsWindows())
        {
            return;
        }

        using var made = Process.Start("mkfifo", [_bench.PathOf("pipe")]);
        await made.WaitForExitAsync();
        Assert.Contains("is a pipe, a socket or a device", await RefusedAsync("pipe"), StringComparison.Ordinal);
    }

    private async Task<string> RefusedAsync(string path)
    {
        var call = _bench.Accept(_tool, JsonSerializer.Serialize(new { path }));
        var preflight = await call.PreflightAsync!(CancellationToken.None);
        var result = await call.RunAsync(CancellationToken.None);
        Assert.Equal(preflight.Error!.Text, result.Text);
        Assert.Equal(ToolCallStatus.Error, result.Status);
        return result.Text;
    }

    private async Task<byte[]> KeptAsync(FileImage image) =>
        (await _bench.Images.ReadAsync("session-1", image, CancellationToken.None))!;

    private Task<ToolResult> DeleteAsync(string path) => _bench.RunAsync(_tool, JsonSerializer.Serialize(new { path }));
}
