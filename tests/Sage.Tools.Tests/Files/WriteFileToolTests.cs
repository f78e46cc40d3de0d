using System.Text.Json;
using Sage.Agent.Permissions;
using Sage.Agent.ToolCalls;
using Sage.Protocol.Events;
using Sage.TestKit.Fakes;
using Sage.Tools.Files;

namespace Sage.Tools.Tests.Files;

public sealed class WriteFileToolTests : IDisposable
{
    private readonly ToolBench _bench = new();
    private readonly WriteFileTool _tool;
    private readonly ReadFileTool _read;

    public WriteFileToolTests()
    {
        _tool = new WriteFileTool(new FileRewriter(_bench.Files, _bench.Images));
        _read = new ReadFileTool(_bench.Files);
    }

    public void Dispose() => _bench.Dispose();

    [Fact]
    public async Task A_new_file_is_created_with_its_folders()
    {
        var result = await WriteAsync("src/deep/a.ts", "one\ntwo\n");
        Assert.Equal("Created src/deep/a.ts (+2 -0).", result.Text);
        Assert.Equal("one\ntwo\n", _bench.Read("src/deep/a.ts"));
        var changed = Assert.IsType<FileChanged>(Assert.Single(result.Events));
        Assert.Equal((FileChangeKind.Created, "src/deep/a.ts"), (changed.Kind, changed.Path));
        var hunk = Assert.Single(changed.Hunks);
        Assert.Equal((0, 0, 1, 2), (hunk.OldStart, hunk.OldLines, hunk.NewStart, hunk.NewLines));
        Assert.Equal(["+one", "+two"], hunk.Lines.AsEnumerable());
    }

    [Fact]
    public void A_call_declares_what_it_writes()
    {
        var call = _bench.Accept(_tool, """{"path":"a.ts","content":""}""");
        Assert.Equal("Write a.ts", call.Title);
        Assert.Equal(_bench.PathOf("a.ts"), Assert.Single(call.Access.Writes));
        Assert.Equal((PermissionKind.Edit, "write_file(a.ts)"), (call.Permission.Kind, call.Permission.Rule));
    }

    [Fact]
    public async Task A_new_file_keeps_the_endings_it_is_given()
    {
        await WriteAsync("a.bat", "one\r\ntwo\r\n");
        Assert.Equal("one\r\ntwo\r\n", _bench.Read("a.bat"));
    }

    [Fact]
    public async Task An_existing_file_that_was_not_read_is_not_replaced()
    {
        _bench.Write("a.ts", "precious\n");
        var result = await WriteAsync("a.ts", "new\n");
        Assert.Equal(ToolCallStatus.Error, result.Status);
        Assert.Contains("you have not read it", result.Text, StringComparison.Ordinal);
        Assert.Equal("precious\n", _bench.Read("a.ts"));
    }

    [Fact]
    public async Task A_file_that_was_read_is_replaced_and_keeps_its_encoding_mark_and_endings()
    {
        _bench.Write("a.txt", [0xEF, 0xBB, 0xBF, .. "one\r\ntwo\r\n"u8]);
        await _bench.RunAsync(_read, """{"path":"a.txt"}""");
        var result = await WriteAsync("a.txt", "one\n2\nthree\n");
        Assert.StartsWith(
            "Edited a.txt (+2 -1).\n@@ -1,2 +1,3 @@\n one\n-two\n+2\n+three",
            result.Text,
            StringComparison.Ordinal
        );
        Assert.Equal([0xEF, 0xBB, 0xBF, .. "one\r\n2\r\nthree\r\n"u8], _bench.Bytes("a.txt"));
    }

    [Fact]
    public async Task A_file_that_changed_since_it_was_read_is_not_replaced()
    {
        _bench.Write("a.txt", "one\n");
        await _bench.RunAsync(_read, """{"path":"a.txt"}""");
        _bench.Write("a.txt", "somebody else's\n");
        Assert.Contains(
            "has changed since you read it",
            (await WriteAsync("a.txt", "two\n")).Text,
            StringComparison.Ordinal
        );
        Assert.Equal("somebody else's\n", _bench.Read("a.txt"));
    }

    [Fact]
    public async Task What_the_model_wrote_itself_counts_as_read()
    {
        await WriteAsync("a.txt", "one\n");
        Assert.Equal(ToolCallStatus.Ok, (await WriteAsync("a.txt", "two\n")).Status);
        Assert.Equal("two\n", _bench.Read("a.txt"));
    }

    [Fact]
    public async Task An_empty_file_may_be_filled_unread()
    {
        _bench.Write("a.txt", "");
        Assert.Equal(ToolCallStatus.Ok, (await WriteAsync("a.txt", "one\n")).Status);
        Assert.Equal("one\n", _bench.Read("a.txt"));
    }

    [Fact]
    public async Task Writing_what_is_there_is_said_to_change_nothing()
    {
        await WriteAsync("a.txt", "one\n");
        Assert.Contains(
            "already has exactly this content",
            (await WriteAsync("a.txt", "one\n")).Text,
            StringComparison.Ordinal
        );
    }

    [Theory]
    [InlineData("// ... existing code ...")]
    [InlineData("// ... rest of the code remains unchanged ...")]
    [InlineData("# rest of code unchanged")]
    [InlineData("/* ... rest of the file ... */")]
    [InlineData("<!-- remaining content unchanged -->")]
    [InlineData("  // … existing imports …")]
    [InlineData("// (rest of the implementation stays the same)")]
    [InlineData("{/* ... existing JSX ... */}")]
    [InlineData("-- other columns unchanged")]
    public async Task Placeholders_for_omitted_code_are_refused(string line)
    {
        var result = await WriteAsync("a.ts", $"const a = 1\n{line}\nconst b = 2\n");
        Assert.Contains("placeholder", result.Text, StringComparison.Ordinal);
        Assert.False(File.Exists(_bench.PathOf("a.ts")));
    }

    [Theory]
    [InlineData("// The rest of the list is sorted below.")]
    [InlineData("// keep existing behaviour for callers")]
    [InlineData("const rest = [...existing]")]
    [InlineData("# see the remaining items")]
    [InlineData("The rest of the code is unchanged.")]
    [InlineData("// returns the previous value, or null when there is none")]
    public async Task Ordinary_lines_are_no_placeholders(string line) =>
        Assert.Equal(ToolCallStatus.Ok, (await WriteAsync("a.ts", $"const a = 1\n{line}\n")).Status);

    [Fact]
    public async Task A_placeholder_the_file_already_had_is_its_own_text()
    {
        _bench.Write("a.md", "// ... existing code ...\n");
        await _bench.RunAsync(_read, """{"path":"a.md"}""");
        Assert.Equal(ToolCallStatus.Ok, (await WriteAsync("a.md", "// ... existing code ...\nmore\n")).Status);
    }

    [Fact]
    public async Task The_preflight_previews_the_new_file_or_tells_why_not()
    {
        var preview = await PreflightAsync("a.txt", "one\n");
        var diff = Assert.Single(preview.Previews);
        Assert.Equal((FileChangeKind.Created, "a.txt"), (diff.Kind, diff.Path));
        Assert.False(File.Exists(_bench.PathOf("a.txt")));
        _bench.Write("b.txt", "x\n");
        Assert.Contains("not read it", (await PreflightAsync("b.txt", "y\n")).Error!.Text, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("../a.txt", "outside the workspace")]
    [InlineData(".git/hooks/pre-commit", "cannot be written")]
    [InlineData(".sage/settings.json", "cannot be written")]
    [InlineData("folder", "is a folder")]
    [InlineData("file.txt/a", "")]
    public async Task Places_that_cannot_be_written_are_errors(string path, string expected)
    {
        Directory.CreateDirectory(_bench.PathOf("folder"));
        _bench.Write("file.txt", "x");
        var result = await WriteAsync(path, "x");
        Assert.Equal(ToolCallStatus.Error, result.Status);
        Assert.Contains(expected, result.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_link_to_nowhere_inside_the_workspace_creates_its_target()
    {
        File.CreateSymbolicLink(_bench.PathOf("link.txt"), "target.txt");
        Assert.Equal(ToolCallStatus.Ok, (await WriteAsync("link.txt", "x")).Status);
        Assert.Equal("x", _bench.Read("target.txt"));
        Assert.NotNull(new FileInfo(_bench.PathOf("link.txt")).LinkTarget);
    }

    [Fact]
    public async Task A_dirty_document_that_was_read_is_replaced_in_the_editor()
    {
        var path = _bench.Write("a.txt", "on disk\n");
        _bench.Editor.Open(path, "typed\n", DocumentState.Dirty);
        await _bench.RunAsync(_read, """{"path":"a.txt"}""");
        var result = await WriteAsync("a.txt", "new\n");
        Assert.Contains("stays unsaved", result.Text, StringComparison.Ordinal);
        Assert.Equal("new\n", _bench.Editor.Find(path)!.Text);
        Assert.Equal("on disk\n", _bench.Read("a.txt"));
    }

    [Fact]
    public async Task A_cancelled_write_leaves_the_file_and_nothing_beside_it()
    {
        using var cancelled = new CancellationTokenSource();
        var call = _bench.Accept(_tool, """{"path":"a.txt","content":"x"}""");
        await cancelled.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => call.RunAsync(cancelled.Token));
        Assert.Empty(Directory.GetFileSystemEntries(_bench.Workspace.Root));
    }

    private Task<ToolResult> WriteAsync(string path, string content) =>
        _bench.RunAsync(_tool, JsonSerializer.Serialize(new { path, content }));

    private Task<Preflight> PreflightAsync(string path, string content) =>
        _bench.Accept(_tool, JsonSerializer.Serialize(new { path, content })).PreflightAsync!(CancellationToken.None);
}
