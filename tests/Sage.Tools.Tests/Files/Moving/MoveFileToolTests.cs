using System.Text.Json;
using Sage.Agent.Permissions;
using Sage.Agent.ToolCalls;
using Sage.Protocol.Events;
using Sage.TestKit.Fakes;
using Sage.Tools.Files;
using Sage.Tools.Files.Moving;

namespace Sage.Tools.Tests.Files.Moving;

public sealed class MoveFileToolTests : IDisposable
{
    private readonly ToolBench _bench = new();
    private readonly MoveFileTool _tool;

    public MoveFileToolTests() => _tool = new MoveFileTool(new FileRewriter(_bench.Files, _bench.Images));

    public void Dispose() => _bench.Dispose();

    [Fact]
    public async Task A_file_moves_with_its_bytes_and_its_mode_into_folders_that_are_made()
    {
        var path = _bench.Write("a.sh", [0xEF, 0xBB, 0xBF, .. "a\r\n"u8]);
        if (!OperatingSystem.IsWindows())
        {
            File.SetUnixFileMode(path, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        }

        var result = await MoveAsync("a.sh", "lib/deep/b.sh");

        Assert.Equal("Moved a.sh to lib/deep/b.sh.", result.Text);
        Assert.Equal([0xEF, 0xBB, 0xBF, .. "a\r\n"u8], _bench.Bytes("lib/deep/b.sh"));
        Assert.False(File.Exists(path));
        Assert.True(
            OperatingSystem.IsWindows()
                || File.GetUnixFileMode(_bench.PathOf("lib/deep/b.sh")).HasFlag(UnixFileMode.UserExecute)
        );
    }

    [Fact]
    public async Task A_move_is_told_as_a_deletion_and_a_creation_with_the_same_content()
    {
        _bench.Write("a.bin", [0, 1, 2]);
        var result = await MoveAsync("a.bin", "b.bin");
        var gone = Assert.IsType<FileChanged>(result.Events[0]);
        var made = Assert.IsType<FileChanged>(result.Events[1]);
        Assert.Equal(("a.bin", FileChangeKind.Deleted, null), (gone.Path, gone.Kind, gone.After));
        Assert.Equal(("b.bin", FileChangeKind.Created, null), (made.Path, made.Kind, made.Before));
        Assert.NotNull(gone.Before);
        Assert.Equal(gone.Before, made.After);
    }

    [Fact]
    public async Task A_call_declares_both_paths_and_previews_both()
    {
        _bench.Write("a.txt", "a\n");
        var call = _bench.Accept(_tool, """{"from":"a.txt","to":"b/a.txt"}""");
        Assert.Equal("Move a.txt to b/a.txt", call.Title);
        Assert.Equal([_bench.PathOf("a.txt"), _bench.PathOf("b/a.txt")], call.Access.Writes.ToArray());
        Assert.Equal((PermissionKind.Edit, "move_file(a.txt, b/a.txt)"), (call.Permission.Kind, call.Permission.Rule));
        var preflight = await call.PreflightAsync!(CancellationToken.None);
        Assert.Equal(
            [("a.txt", FileChangeKind.Deleted), ("b/a.txt", FileChangeKind.Created)],
            preflight.Previews.Select(static diff => (diff.Path, diff.Kind))
        );
        Assert.False(Directory.Exists(_bench.PathOf("b")));
    }

    [Fact]
    public async Task A_move_never_replaces_anything()
    {
        _bench.Write("a.txt", "a\n");
        _bench.Write("b.txt", "b\n");
        _bench.Write("A.txt", "other case\n");
        _bench.Write("dir/c.txt", "c\n");
        File.CreateSymbolicLink(_bench.PathOf("dangling"), "nowhere");
        Assert.Contains(
            "b.txt exists already, and a move never replaces",
            await RefusedAsync("a.txt", "b.txt"),
            StringComparison.Ordinal
        );
        Assert.Contains("A.txt exists already", await RefusedAsync("a.txt", "A.txt"), StringComparison.Ordinal);
        Assert.Contains("dangling exists already", await RefusedAsync("a.txt", "dangling"), StringComparison.Ordinal);
        Assert.Contains(
            "dir is a folder: give the whole new path",
            await RefusedAsync("a.txt", "dir"),
            StringComparison.Ordinal
        );
        Assert.Contains(
            "where the file already is",
            await RefusedAsync("a.txt", "dir/../a.txt"),
            StringComparison.Ordinal
        );
        Assert.Equal(
            ("a\n", "b\n", "other case\n"),
            (_bench.Read("a.txt"), _bench.Read("b.txt"), _bench.Read("A.txt"))
        );
    }

    [Fact]
    public async Task Neither_end_may_be_outside_protected_or_in_the_users_hands()
    {
        var path = _bench.Write("a.txt", "a\n");
        _bench.Write(".git/config", "x");
        Assert.Contains("outside the workspace", await RefusedAsync("a.txt", "../b.txt"), StringComparison.Ordinal);
        Assert.Contains("outside the workspace", await RefusedAsync("../b.txt", "b.txt"), StringComparison.Ordinal);
        Assert.Contains("is protected", await RefusedAsync("a.txt", ".git/hooks/pre-commit"), StringComparison.Ordinal);
        Assert.Contains("is protected", await RefusedAsync(".git/config", "config"), StringComparison.Ordinal);
        Assert.Contains("does not exist", await RefusedAsync("c.txt", "d.txt"), StringComparison.Ordinal);
        _bench.Editor.Open(_bench.PathOf("new.txt"), "typed", DocumentState.Dirty);
        Assert.Contains(
            "new.txt is open in the editor with unsaved text",
            await RefusedAsync("a.txt", "new.txt"),
            StringComparison.Ordinal
        );
        _bench.Editor.Open(path, "typed", DocumentState.Dirty);
        Assert.Contains("so it was not moved", await RefusedAsync("a.txt", "b.txt"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_move_below_a_file_fails_and_leaves_nothing()
    {
        _bench.Write("a.txt", "a\n");
        _bench.Write("file", "x");
        Assert.Equal(ToolCallStatus.Error, (await MoveAsync("a.txt", "file/sub/b.txt")).Status);
        Assert.Equal("a\n", _bench.Read("a.txt"));
    }

    [Fact]
    public async Task What_the_model_has_read_stays_read_under_the_new_name()
    {
        var rewriter = new FileRewriter(_bench.Files, _bench.Images);
        _bench.Write("a.txt", "a\n");
        await _bench.RunAsync(new ReadFileTool(_bench.Files), """{"path":"a.txt"}""");
        await MoveAsync("a.txt", "b.txt");
        var write = await _bench.RunAsync(new WriteFileTool(rewriter), """{"path":"b.txt","content":"new\n"}""");
        Assert.Equal(ToolCallStatus.Ok, write.Status);
        Assert.Null(_bench.Reads.Find(_bench.PathOf("a.txt")));
    }

    private async Task<string> RefusedAsync(string from, string to)
    {
        var call = _bench.Accept(_tool, JsonSerializer.Serialize(new { from, to }));
        var preflight = await call.PreflightAsync!(CancellationToken.None);
        var result = await call.RunAsync(CancellationToken.None);
        Assert.Equal(preflight.Error!.Text, result.Text);
        return result.Text;
    }

    private Task<ToolResult> MoveAsync(string from, string to) =>
        _bench.RunAsync(_tool, JsonSerializer.Serialize(new { from, to }));
}
