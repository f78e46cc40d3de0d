using System.Text;
using System.Text.Json;
using Sage.Agent.Permissions;
using Sage.Agent.ToolCalls;
using Sage.Protocol.Events;
using Sage.Tools.Files;

namespace Sage.Tools.Tests.Files;

public sealed class EditFileToolTests : IDisposable
{
    private readonly ToolBench _bench = new();
    private readonly EditFileTool _tool;
    private readonly ReadFileTool _read;

    public EditFileToolTests()
    {
        _tool = new EditFileTool(new FileRewriter(_bench.Files, _bench.Images));
        _read = new ReadFileTool(_bench.Files);
    }

    public void Dispose() => _bench.Dispose();

    [Fact]
    public async Task An_edit_changes_the_file_and_answers_with_the_diff()
    {
        _bench.Write("src/a.ts", "1\n2\n3\n4\nold\n6\n7\n8\n9\n");
        var result = await EditAsync("src/a.ts", ("old", "new"));
        Assert.Equal(
            """
            Edited src/a.ts (+1 -1).
            @@ -2,7 +2,7 @@
             2
             3
             4
            -old
            +new
             6
             7
             8
            """,
            result.Text
        );
        Assert.Equal("1\n2\n3\n4\nnew\n6\n7\n8\n9\n", _bench.Read("src/a.ts"));
        var changed = Assert.IsType<FileChanged>(Assert.Single(result.Events));
        Assert.Equal(("call-1", "src/a.ts", FileChangeKind.Modified), (changed.CallId, changed.Path, changed.Kind));
        var hunk = Assert.Single(changed.Hunks);
        Assert.Equal((2, 7, 2, 7), (hunk.OldStart, hunk.OldLines, hunk.NewStart, hunk.NewLines));
    }

    [Fact]
    public void A_call_declares_what_it_writes()
    {
        var call = _bench.Accept(_tool, Json("src/../b.ts", ("a", "b")));
        Assert.Equal("Edit b.ts", call.Title);
        Assert.Equal(_bench.PathOf("b.ts"), Assert.Single(call.Access.Writes));
        Assert.Equal((PermissionKind.Edit, "edit_file(b.ts)"), (call.Permission.Kind, call.Permission.Rule));
    }

    [Fact]
    public async Task Edits_apply_in_order_each_to_what_the_one_before_left()
    {
        _bench.Write("a.txt", "one two\n");
        await EditAsync("a.txt", ("one", "three"), ("three two", "done"));
        Assert.Equal("done\n", _bench.Read("a.txt"));
    }

    [Fact]
    public async Task When_one_edit_fails_none_is_applied()
    {
        _bench.Write("a.txt", "one\ntwo\n");
        var result = await EditAsync("a.txt", ("one", "1"), ("three", "3"));
        Assert.Equal(ToolCallStatus.Error, result.Status);
        Assert.StartsWith("Edit 2 of 2: `old_text` was not found in a.txt", result.Text, StringComparison.Ordinal);
        Assert.EndsWith("None of the edits was applied.", result.Text, StringComparison.Ordinal);
        Assert.Equal("one\ntwo\n", _bench.Read("a.txt"));
    }

    [Fact]
    public async Task Text_in_several_places_is_refused_with_their_lines_unless_all_are_meant()
    {
        _bench.Write("a.txt", "x = 1\ny = 2\nx = 1\n");
        var refused = await EditAsync("a.txt", ("x = 1", "x = 2"));
        Assert.Contains("matches 2 places in a.txt (lines 1, 3)", refused.Text, StringComparison.Ordinal);
        Assert.Equal("x = 1\ny = 2\nx = 1\n", _bench.Read("a.txt"));

        await RunAsync("""{"path":"a.txt","edits":[{"old_text":"x = 1","new_text":"x = 2","replace_all":true}]}""");
        Assert.Equal("x = 2\ny = 2\nx = 2\n", _bench.Read("a.txt"));
    }

    [Theory]
    [InlineData("""{"path":"a.txt","edits":"[{\"old_text\":\"one\",\"new_text\":\"1\"}]"}""")]
    [InlineData("""{"path":"a.txt","edits":{"old_text":"one","new_text":"1"}}""")]
    [InlineData("""{"path":"a.txt","edits":[{"oldText":"one","newText":1,"replaceAll":"false"}]}""")]
    [InlineData("""{"path":"a.txt","edits":[{"old_text":"one","new_text":"1","replace_all":null}]}""")]
    public async Task Common_slips_in_the_arguments_are_understood(string json)
    {
        _bench.Write("a.txt", "one\n");
        Assert.Equal(ToolCallStatus.Ok, (await RunAsync(json)).Status);
        Assert.Equal("1\n", _bench.Read("a.txt"));
    }

    [Theory]
    [InlineData("""{"path":"a","edits":[{"old_text":"x"}]}""", "missing parameter `edits[0].new_text`")]
    [InlineData(
        """{"path":"a","edits":[{"old_text":"x","new_text":"y","all":true}]}""",
        "unknown parameter `edits[0].all`"
    )]
    [InlineData("""{"path":"a","edits":[]}""", "`edits` is empty")]
    [InlineData("""{"path":"a","edits":"none"}""", "`edits` must be an array, not \"none\"")]
    public void Mistakes_inside_the_list_are_named(string json, string expected) =>
        Assert.Contains(expected, _bench.Reject(_tool, json), StringComparison.Ordinal);

    [Fact]
    public async Task Trailing_whitespace_may_differ_and_stays_where_nothing_changed()
    {
        _bench.Write("a.txt", "begin  \nmiddle\t\nend\n");
        var result = await EditAsync("a.txt", ("begin\nmiddle\nend", "begin\nmiddle\nfinish"));
        Assert.Contains("spaces at line ends were ignored", result.Text, StringComparison.Ordinal);
        Assert.Equal("begin  \nmiddle\t\nfinish\n", _bench.Read("a.txt"));
    }

    [Fact]
    public async Task Indentation_may_differ_by_the_same_amount_and_new_text_gets_the_files()
    {
        _bench.Write("a.cs", "class A\n{\n    void B()\n    {\n        C();\n    }\n}\n");
        await EditAsync("a.cs", ("void B()\n{\n    C();\n}", "void B()\n{\n    C();\n\n    D();\n}"));
        Assert.Equal("class A\n{\n    void B()\n    {\n        C();\n\n        D();\n    }\n}\n", _bench.Read("a.cs"));
    }

    [Fact]
    public async Task Indentation_that_differs_unevenly_is_not_a_match()
    {
        _bench.Write("a.py", "if a:\n    b()\n    c()\n");
        var result = await EditAsync("a.py", ("  b()\n c()", "d()"));
        Assert.Equal(ToolCallStatus.Error, result.Status);
        Assert.Contains("The closest text is:\n2\t    b()\n3\t    c()", result.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Typographic_characters_match_plain_ones_and_stay_where_nothing_changed()
    {
        _bench.Write("a.md", "“Don’t” – he said.\u00A0Twice.\n");
        await EditAsync("a.md", ("\"Don't\" - he said. Twice.", "\"Don't\" - he said. Thrice."));
        Assert.Equal("“Don’t” – he said.\u00A0Thrice.\n", _bench.Read("a.md"));
    }

    [Fact]
    public async Task A_tolerant_match_in_two_places_is_refused()
    {
        _bench.Write("a.txt", "  foo();\nx\n    foo();\n");
        var result = await EditAsync("a.txt", ("foo(); \n", "bar();\n"));
        Assert.Contains("matches 2 places in a.txt (lines 1, 3), none exactly", result.Text, StringComparison.Ordinal);
        Assert.Equal("  foo();\nx\n    foo();\n", _bench.Read("a.txt"));
    }

    [Fact]
    public async Task A_near_miss_shows_the_closest_text_with_line_numbers()
    {
        _bench.Write("a.ts", "import x\n\nfunction total(items: Item[]) {\n  return items.length\n}\n");
        var result = await EditAsync("a.ts", ("function total(items) {\n  return items.length\n}", "x"));
        Assert.Contains(
            "The closest text is:\n3\tfunction total(items: Item[]) {\n4\t  return items.length\n5\t}\n",
            result.Text,
            StringComparison.Ordinal
        );
    }

    [Fact]
    public async Task A_missing_text_whose_replacement_is_there_is_said_to_be_done()
    {
        _bench.Write("a.ts", "const total = 3\n");
        var result = await EditAsync("a.ts", ("const total = 2", "const total = 3"));
        Assert.Contains("`new_text` is already there (line 1)", result.Text, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("", "b", "`old_text` is empty")]
    [InlineData("a", "a", "are the same")]
    [InlineData("a", "a\n// ... existing code ...\nb", "placeholder")]
    public async Task Edits_that_make_no_sense_are_refused(string oldText, string newText, string expected)
    {
        _bench.Write("a.txt", "a\n");
        Assert.Contains(expected, (await EditAsync("a.txt", (oldText, newText))).Text, StringComparison.Ordinal);
        Assert.Equal("a\n", _bench.Read("a.txt"));
    }

    [Fact]
    public async Task Edits_that_cancel_out_are_refused()
    {
        _bench.Write("a.txt", "a\n");
        Assert.Contains(
            "cancel each other out",
            (await EditAsync("a.txt", ("a", "b"), ("b", "a"))).Text,
            StringComparison.Ordinal
        );
    }

    [Fact]
    public async Task Line_endings_in_the_arguments_do_not_matter_and_the_files_are_kept()
    {
        _bench.Write("a.txt", "one\r\ntwo\r\nthree\r\n");
        await EditAsync("a.txt", ("one\ntwo", "one\n1.5\ntwo"));
        Assert.Equal("one\r\n1.5\r\ntwo\r\nthree\r\n", _bench.Read("a.txt"));
        _bench.Write("b.txt", "one\ntwo\n");
        await EditAsync("b.txt", ("one\r\ntwo", "1\r\n2"));
        Assert.Equal("1\n2\n", _bench.Read("b.txt"));
    }

    [Fact]
    public async Task Mixed_line_endings_stay_as_they_are_around_the_edit()
    {
        _bench.Write("a.txt", "a\r\nb\nc\rd\r\ne");
        await EditAsync("a.txt", ("b\nc\nd", "b\nC\nnew\nd"));
        Assert.Equal("a\r\nb\nC\rnew\rd\r\ne", _bench.Read("a.txt"));
    }

    [Fact]
    public async Task The_byte_order_mark_the_encoding_and_the_mode_are_kept()
    {
        _bench.Write("bom.txt", [0xEF, 0xBB, 0xBF, .. "grün\r\n"u8]);
        await EditAsync("bom.txt", ("grün", "blau"));
        Assert.Equal([0xEF, 0xBB, 0xBF, .. "blau\r\n"u8], _bench.Bytes("bom.txt"));

        var utf16 = Encoding.BigEndianUnicode;
        _bench.Write("u.txt", [.. utf16.GetPreamble(), .. utf16.GetBytes("grün\n")]);
        await EditAsync("u.txt", ("grün", "blau"));
        Assert.Equal([.. utf16.GetPreamble(), .. utf16.GetBytes("blau\n")], _bench.Bytes("u.txt"));

        var script = _bench.Write("run.sh", "echo a\n");
        if (!OperatingSystem.IsWindows())
        {
            var mode =
                UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute | UnixFileMode.OtherWrite;
            File.SetUnixFileMode(script, mode);
            await EditAsync("run.sh", ("echo a", "echo b"));
            Assert.Equal(mode, File.GetUnixFileMode(script));
        }
    }

    [Fact]
    public async Task A_legacy_file_keeps_its_bytes_and_refuses_what_it_cannot_write()
    {
        var before = Encoding.Latin1.GetBytes("// Größe der Fläche über dem Boden für Bären\nint größe = 1;\n");
        _bench.Write("a.c", before);
        Assert.Equal(ToolCallStatus.Ok, (await EditAsync("a.c", ("größe = 1", "höhe = 2"))).Status);
        Assert.Equal(
            Encoding.Latin1.GetBytes("// Größe der Fläche über dem Boden für Bären\nint höhe = 2;\n"),
            _bench.Bytes("a.c")
        );
        var refused = await EditAsync("a.c", ("höhe", "高さ"));
        Assert.Contains("cannot write “高”", refused.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Invalid_bytes_elsewhere_in_a_file_survive()
    {
        _bench.Write("a.txt", [.. "Grüße, wir grüßen "u8, 0xFF, 0xC3, .. " alle\nend\n"u8]);
        await EditAsync("a.txt", ("end", "fin"));
        Assert.Equal([.. "Grüße, wir grüßen "u8, 0xFF, 0xC3, .. " alle\nfin\n"u8], _bench.Bytes("a.txt"));
    }

    [Fact]
    public async Task A_file_that_changed_since_it_was_read_is_edited_where_the_place_is_still_clear()
    {
        _bench.Write("a.txt", "one\ntwo\n");
        await _bench.RunAsync(_read, """{"path":"a.txt"}""");
        _bench.Write("a.txt", "zero\none\ntwo\n");
        var result = await EditAsync("a.txt", ("one", "1"));
        Assert.Contains("The file had changed since you read it: line 1 new.", result.Text, StringComparison.Ordinal);
        Assert.Equal(new Notice("You changed a.txt (line 1); Sage re-read it."), result.Events[0]);
        Assert.Equal("zero\n1\ntwo\n", _bench.Read("a.txt"));
        Assert.DoesNotContain("had changed", (await EditAsync("a.txt", ("two", "2"))).Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_link_stays_a_link_and_its_target_changes()
    {
        _bench.Write("real.txt", "a\n");
        File.CreateSymbolicLink(_bench.PathOf("link.txt"), "real.txt");
        var result = await EditAsync("link.txt", ("a", "b"));
        Assert.Equal("b\n", _bench.Read("real.txt"));
        Assert.Equal("real.txt", new FileInfo(_bench.PathOf("link.txt")).LinkTarget);
        Assert.Equal("real.txt", Assert.IsType<FileChanged>(Assert.Single(result.Events)).Path);
    }

    [Fact]
    public async Task Nothing_is_left_beside_the_file()
    {
        _bench.Write("a.txt", "a\n");
        await EditAsync("a.txt", ("a", "b"));
        Assert.Equal([_bench.PathOf("a.txt")], Directory.GetFileSystemEntries(_bench.Workspace.Root));
    }

    [Fact]
    public async Task A_read_only_file_is_refused()
    {
        File.SetAttributes(_bench.Write("a.txt", "a\n"), FileAttributes.ReadOnly);
        var result = await EditAsync("a.txt", ("a", "b"));
        Assert.Contains("a.txt is read-only", result.Text, StringComparison.Ordinal);
        Assert.Equal("a\n", _bench.Read("a.txt"));
    }

    [Fact]
    public async Task Files_that_are_missing_binary_or_protected_are_errors()
    {
        _bench.Write("app.ts", "a");
        _bench.Write("a.bin", [0, 1, 2]);
        _bench.Write(".git/config", "a");
        Assert.Contains("Did you mean app.ts?", (await EditAsync("ap.ts", ("a", "b"))).Text, StringComparison.Ordinal);
        Assert.Contains("a binary file", (await EditAsync("a.bin", ("a", "b"))).Text, StringComparison.Ordinal);
        Assert.Contains(
            "cannot be written",
            (await EditAsync(".git/config", ("a", "b"))).Text,
            StringComparison.Ordinal
        );
        Assert.Contains("outside", (await EditAsync("../x", ("a", "b"))).Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_preflight_shows_the_same_change_and_makes_none()
    {
        _bench.Write("a.txt", "a\n");
        var call = _bench.Accept(_tool, Json("a.txt", ("a", "b")));
        var preflight = await call.PreflightAsync!(CancellationToken.None);
        Assert.Null(preflight.Error);
        Assert.Equal("a\n", _bench.Read("a.txt"));
        var result = await call.RunAsync(CancellationToken.None);
        var changed = Assert.IsType<FileChanged>(Assert.Single(result.Events));
        Assert.Equal(
            JsonSerializer.Serialize(changed.Hunks),
            JsonSerializer.Serialize(Assert.Single(preflight.Previews).Hunks)
        );
    }

    [Theory]
    [InlineData("a.txt", "zebra")]
    [InlineData("../a.txt", "a")]
    [InlineData("missing.txt", "a")]
    public async Task The_preflight_tells_of_an_edit_that_cannot_apply(string path, string oldText)
    {
        _bench.Write("a.txt", "a\n");
        var call = _bench.Accept(_tool, Json(path, (oldText, "b")));
        var preflight = await call.PreflightAsync!(CancellationToken.None);
        Assert.Equal(ToolCallStatus.Error, preflight.Error!.Status);
        Assert.Empty(preflight.Previews);
    }

    [Fact]
    public async Task Edits_of_one_file_through_two_paths_both_land()
    {
        _bench.Write("a.txt", string.Concat(Enumerable.Range(0, 40).Select(static i => $"line{i:00}\n")));
        File.CreateSymbolicLink(_bench.PathOf("b.txt"), "a.txt");
        var edits = Enumerable
            .Range(0, 40)
            .Select(i => EditAsync(i % 2 == 0 ? "a.txt" : "b.txt", ($"line{i:00}", $"done{i:00}")));
        Assert.All(await Task.WhenAll(edits), static result => Assert.Equal(ToolCallStatus.Ok, result.Status));
        Assert.DoesNotContain("line", _bench.Read("a.txt"), StringComparison.Ordinal);
    }

    private Task<ToolResult> EditAsync(string path, params (string Old, string New)[] edits) =>
        RunAsync(Json(path, edits));

    private Task<ToolResult> RunAsync(string json) => _bench.RunAsync(_tool, json);

    private static string Json(string path, params (string Old, string New)[] edits) =>
        JsonSerializer.Serialize(
            new { path, edits = edits.Select(static edit => new { old_text = edit.Old, new_text = edit.New }) }
        );
}
