using System.Text.Json;
using Sage.Agent.Permissions;
using Sage.Agent.ToolCalls;
using Sage.Protocol.Events;
using Sage.TestKit.Fakes;
using Sage.Tools.Files;
using Sage.Tools.Files.Patching;

namespace Sage.Tools.Tests.Files.Patching;

public sealed class ApplyPatchToolTests : IDisposable
{
    private readonly ToolBench _bench = new();
    private readonly ApplyPatchTool _tool;

    public ApplyPatchToolTests() => _tool = new ApplyPatchTool(new FileRewriter(_bench.Files, _bench.Images));

    public void Dispose() => _bench.Dispose();

    [Fact]
    public async Task A_patch_changes_adds_deletes_and_moves()
    {
        _bench.Write("a.txt", "1\r\n2\r\n3\r\n");
        _bench.Write("b.txt", "b\n");
        _bench.Write("c.txt", "one\ntwo\n");
        var result = await PatchAsync(
            "*** Update File: a.txt\n 1\n-2\n+two\n*** Add File: new/d.txt\n+d\n*** Delete File: b.txt\n"
                + "*** Update File: c.txt\n*** Move to: new/c.txt\n one\n-two\n+2\n"
        );
        Assert.Equal(
            """
            Edited a.txt (+1 -1).
            @@ -1,3 +1,3 @@
             1
            -2
            +two
             3
            Created new/d.txt (+1 -0).
            Deleted b.txt.
            Moved c.txt to new/c.txt (+1 -1).
            @@ -1,2 +1,2 @@
             one
            -two
            +2
            """,
            result.Text
        );
        Assert.Equal("1\r\ntwo\r\n3\r\n", _bench.Read("a.txt"));
        Assert.Equal(("d\n", "one\n2\n"), (_bench.Read("new/d.txt"), _bench.Read("new/c.txt")));
        Assert.Equal(["a.txt", "new"], Names());
        Assert.Equal(
            [
                ("a.txt", FileChangeKind.Modified, true, true),
                ("new/d.txt", FileChangeKind.Created, false, true),
                ("b.txt", FileChangeKind.Deleted, true, false),
                ("c.txt", FileChangeKind.Deleted, true, false),
                ("new/c.txt", FileChangeKind.Created, false, true),
            ],
            result
                .Events.Cast<FileChanged>()
                .Select(static e => (e.Path, e.Kind, e.Before is not null, e.After is not null))
        );
    }

    [Fact]
    public async Task One_preview_shows_every_file()
    {
        _bench.Write("a.txt", "a\n");
        _bench.Write("b.txt", "b\n");
        var call = _bench.Accept(_tool, Json("*** Update File: a.txt\n-a\n+A\n*** Delete File: b.txt\n"));
        Assert.Equal("Patch a.txt and 1 more", call.Title);
        Assert.Equal((PermissionKind.Edit, "apply_patch(a.txt, b.txt)"), (call.Permission.Kind, call.Permission.Rule));
        Assert.Equal([_bench.PathOf("a.txt"), _bench.PathOf("b.txt")], call.Access.Writes.ToArray());
        var preflight = await call.PreflightAsync!(CancellationToken.None);
        Assert.Equal(["a.txt", "b.txt"], preflight.Previews.Select(static diff => diff.Path));
        Assert.Equal(("a\n", "b\n"), (_bench.Read("a.txt"), _bench.Read("b.txt")));
    }

    [Theory]
    [InlineData("*** Update File: a.txt\n-zebra\n+x\n", "Hunk 1 of 1 (line 6 of the patch) does not fit. ")]
    [InlineData("*** Update File: missing.txt\n-a\n+x\n", "missing.txt does not exist.")]
    [InlineData("*** Update File: ../x\n-a\n+x\n", "outside the workspace")]
    [InlineData("*** Update File: .git/config\n-a\n+x\n", "is protected")]
    [InlineData("*** Add File: a.txt\n+x\n", "a.txt exists already. Use `*** Update File`")]
    [InlineData("*** Add File: n.ts\n+// ... rest of code unchanged\n", "adds the placeholder")]
    [InlineData("*** Delete File: a.txt\n*** Update File: link.txt\n-a\n+x\n", "a.txt is named in two sections")]
    [InlineData("*** Update File: a.txt\n*** Move to: ok.txt\n", "ok.txt exists already")]
    public async Task When_one_file_cannot_be_changed_none_is(string section, string expected)
    {
        _bench.Write("ok.txt", "ok\n");
        _bench.Write("a.txt", "a\n");
        _bench.Write(".git/config", "a\n");
        File.CreateSymbolicLink(_bench.PathOf("link.txt"), "a.txt");
        var call = _bench.Accept(_tool, Json($"*** Update File: ok.txt\n-ok\n+changed\n{section}"));
        var preflight = await call.PreflightAsync!(CancellationToken.None);
        var result = await call.RunAsync(CancellationToken.None);
        Assert.Contains(expected, preflight.Error!.Text, StringComparison.Ordinal);
        Assert.Contains(expected, result.Text, StringComparison.Ordinal);
        Assert.Equal(("ok\n", "a\n"), (_bench.Read("ok.txt"), _bench.Read("a.txt")));
    }

    [Fact]
    public async Task When_a_file_cannot_be_written_the_others_are_put_back()
    {
        var before = await DamagedWorkspaceAsync();
        var result = await PatchAsync(Damaging + "*** Add File: file/x.txt\n+x\n");
        Assert.StartsWith("file/x.txt could not be changed: ", result.Text, StringComparison.Ordinal);
        Assert.EndsWith("What was written before it was put back.", result.Text, StringComparison.Ordinal);
        Assert.Empty(result.Events);
        Assert.Equal(before, Snapshot());
    }

    [Fact]
    public async Task When_the_editor_keeps_refusing_the_others_are_put_back()
    {
        await DamagedWorkspaceAsync();
        var open = _bench.Write("open.txt", "a\n");
        var before = Snapshot();
        _bench.Editor.Open(open, "a\n", DocumentState.Clean);
        _bench.Editor.BeforeReplace = _ => _bench.Editor.Open(open, "a\n", DocumentState.Clean);
        var result = await PatchAsync(Damaging + "*** Update File: open.txt\n-a\n+b\n");
        Assert.Contains(
            "or the editor refused the change. What was written before it was put back.",
            result.Text,
            StringComparison.Ordinal
        );
        Assert.Equal(before, Snapshot());
        Assert.Equal(2, _bench.Editor.Replacements);
    }

    [Fact]
    public async Task When_a_file_changes_in_the_middle_all_of_it_is_worked_out_once_more()
    {
        var open = _bench.Write("open.txt", "a\n");
        _bench.Write("b.txt", "b\n");
        _bench.Editor.Open(open, "a\n", DocumentState.Clean);
        var typed = false;
        _bench.Editor.BeforeReplace = _ =>
        {
            if (!typed)
            {
                typed = true;
                _bench.Write("b.txt", "mine\nb\n");
            }
        };
        var result = await PatchAsync("*** Update File: open.txt\n-a\n+A\n*** Update File: b.txt\n-b\n+B\n");
        Assert.Equal(ToolCallStatus.Ok, result.Status);
        Assert.Equal(("A\n", "mine\nB\n"), (_bench.Read("open.txt"), _bench.Read("b.txt")));
    }

    [Fact]
    public async Task What_somebody_else_changed_meanwhile_is_not_put_back_and_that_is_said()
    {
        var open = _bench.Write("open.txt", "a\n");
        _bench.Write("b.txt", "b\n");
        _bench.Editor.Open(open, "a\n", DocumentState.Clean);
        _bench.Editor.BeforeReplace = _ =>
        {
            _bench.Write("b.txt", "theirs now\n");
            _bench.Editor.Open(open, "a\n", DocumentState.Clean);
        };
        var result = await PatchAsync("*** Update File: b.txt\n-b\n+B\n*** Update File: open.txt\n-a\n+A\n");
        Assert.EndsWith(
            "But not all is as it was: b.txt could not be put back (it has changed since).",
            result.Text,
            StringComparison.Ordinal
        );
        Assert.Equal("theirs now\n", _bench.Read("b.txt"));
    }

    [Fact]
    public async Task A_patch_that_is_stopped_in_the_middle_is_put_back()
    {
        await DamagedWorkspaceAsync();
        var open = _bench.Write("open.txt", "a\n");
        var before = Snapshot();
        using var stop = new CancellationTokenSource();
        _bench.Editor.Open(open, "a\n", DocumentState.Clean);
        _bench.Editor.BeforeReplace = _ =>
        {
            stop.Cancel();
            stop.Token.ThrowIfCancellationRequested();
        };
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() =>
            _bench.RunAsync(_tool, Json(Damaging + "*** Update File: open.txt\n-a\n+b\n"), stop.Token)
        );
        Assert.Equal(before, Snapshot());
    }

    [Fact]
    public async Task Nothing_is_written_before_all_that_goes_is_kept()
    {
        var before = await DamagedWorkspaceAsync();
        _bench.Images.Failure = new IOException("The disk is full.");
        var result = await PatchAsync(Damaging);
        Assert.Equal("What edit.txt holds could not be kept, so no file was changed. The disk is full.", result.Text);
        Assert.Equal(before, Snapshot());
    }

    [Fact]
    public async Task Two_sections_of_one_file_are_one()
    {
        _bench.Write("a.txt", "1\n2\n3\n");
        await PatchAsync("*** Update File: a.txt\n-3\n+three\n*** Update File: a.txt\n-1\n+one\n");
        Assert.Equal("one\n2\nthree\n", _bench.Read("a.txt"));
    }

    [Fact]
    public async Task A_dirty_document_is_patched_in_the_editor_and_not_moved()
    {
        var path = _bench.Write("a.txt", "disk\n");
        _bench.Editor.Open(path, "typed\n", DocumentState.Dirty);
        var result = await PatchAsync("*** Update File: a.txt\n-typed\n+patched\n");
        Assert.Contains("stays unsaved", result.Text, StringComparison.Ordinal);
        Assert.Equal("patched\n", _bench.Editor.Find(path)!.Text);
        var moved = await PatchAsync("*** Update File: a.txt\n*** Move to: b.txt\n-patched\n+x\n");
        Assert.Contains("so it was not moved", moved.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_stale_file_is_patched_where_the_place_is_clear_and_the_model_is_told()
    {
        _bench.Write("a.txt", "1\n2\n3\n");
        await _bench.RunAsync(new ReadFileTool(_bench.Files), """{"path":"a.txt"}""");
        _bench.Write("a.txt", "1\nmine\n3\n");
        var result = await PatchAsync("*** Update File: a.txt\n-3\n+three\n");
        Assert.Contains("had changed since you read it: line 2 changed.", result.Text, StringComparison.Ordinal);
    }

    /// <summary>Each takes the first file of the other as its second: with locks in the order of the patch both would wait for ever.</summary>
    [Fact]
    public async Task Patches_of_the_same_files_in_another_order_do_not_wait_for_each_other_for_ever()
    {
        const int rounds = 40;
        _bench.Write("a.txt", string.Concat(Enumerable.Range(0, rounds).Select(static i => $"a{i}.\n")));
        _bench.Write("b.txt", string.Concat(Enumerable.Range(0, rounds).Select(static i => $"b{i}.\n")));
        var patches = Enumerable
            .Range(0, rounds)
            .Select(i =>
            {
                var (a, b) = ($"*** Update File: a.txt\n-a{i}.\n+x\n", $"*** Update File: b.txt\n-b{i}.\n+x\n");
                return PatchAsync(i % 2 == 0 ? a + b : b + a);
            });
        var all = Task.WhenAll(patches);
        Assert.All(
            await all.WaitAsync(TimeSpan.FromSeconds(60)),
            static r => Assert.Equal(ToolCallStatus.Ok, r.Status)
        );
        Assert.Equal(string.Concat(Enumerable.Repeat("x\n", rounds)), _bench.Read("a.txt"));
    }

    [Fact]
    public void A_patch_that_cannot_be_read_is_refused_before_anybody_is_asked() =>
        Assert.Contains(
            "Line 3 of the patch should begin with a space",
            _bench.Reject(_tool, Json("*** Update File: a\nx\n")),
            StringComparison.Ordinal
        );

    private const string Damaging =
        "*** Update File: edit.txt\n-a\n+b\n*** Add File: new/deep/c.txt\n+c\n*** Delete File: bin.dat\n"
        + "*** Update File: move.txt\n*** Move to: other/move.txt\n-m\n+n\n*** Update File: plain.txt\n*** Move to: else/plain.txt\n";

    private Task<string> DamagedWorkspaceAsync()
    {
        _bench.Write("edit.txt", [0xEF, 0xBB, 0xBF, .. "a\r\nz"u8]);
        _bench.Write("bin.dat", [0, 1, 2]);
        _bench.Write("move.txt", "m\r\n");
        _bench.Write("plain.txt", "p\n");
        _bench.Write("file", "f\n");
        return Task.FromResult(Snapshot());
    }

    private string Snapshot() =>
        string.Join(
            '\n',
            Directory
                .EnumerateFileSystemEntries(_bench.Workspace.Root, "*", SearchOption.AllDirectories)
                .Order(StringComparer.Ordinal)
                .Select(path => File.Exists(path) ? $"{path} {Convert.ToHexString(File.ReadAllBytes(path))}" : path)
        );

    private IEnumerable<string?> Names() =>
        Directory.GetFileSystemEntries(_bench.Workspace.Root).Select(Path.GetFileName).Order(StringComparer.Ordinal);

    private Task<ToolResult> PatchAsync(string sections) => _bench.RunAsync(_tool, Json(sections));

    private static string Json(string sections) =>
        JsonSerializer.Serialize(new { patch = $"*** Begin Patch\n{sections}*** End Patch" });
}
