using System.Text;
using Sage.Agent.Permissions;
using Sage.Agent.ToolCalls;
using Sage.Protocol.Events;
using Sage.TestKit.Fakes;
using Sage.Tools.Files;

namespace Sage.Tools.Tests.Files;

public sealed class ReadFileToolTests : IDisposable
{
    private readonly ToolBench _bench = new();
    private readonly ReadFileTool _tool;

    public ReadFileToolTests() => _tool = new ReadFileTool(_bench.Files);

    public void Dispose() => _bench.Dispose();

    [Fact]
    public async Task A_file_is_shown_with_numbered_lines_and_its_length()
    {
        _bench.Write("src/a.ts", "one\ntwo\nthree\n");
        var result = await ReadAsync("""{"path":"src/a.ts"}""");
        Assert.Equal(ToolCallStatus.Ok, result.Status);
        Assert.Equal("src/a.ts, lines 1-3 of 3.\n1\tone\n2\ttwo\n3\tthree", result.Text);
    }

    [Fact]
    public async Task A_range_shows_only_its_lines()
    {
        _bench.Write("a.txt", "1\n2\n3\n4\n5");
        var result = await ReadAsync("""{"path":"a.txt","start_line":2,"end_line":3}""");
        Assert.Equal("a.txt, lines 2-3 of 5.\n2\t2\n3\t3", result.Text);
    }

    [Fact]
    public async Task What_the_user_changed_since_the_last_reading_is_said_to_them_once()
    {
        _bench.Write("a.txt", "1\n2\n3\n4\n");
        Assert.Empty((await ReadAsync("""{"path":"a.txt"}""")).Events);
        _bench.Write("a.txt", "1\nx\ny\n4\n");
        var notice = Assert.Single((await ReadAsync("""{"path":"a.txt"}""")).Events);
        Assert.Equal(new Notice("You changed a.txt (lines 2-3); Sage re-read it."), notice);
        Assert.Empty((await ReadAsync("""{"path":"a.txt"}""")).Events);
    }

    [Fact]
    public async Task After_a_command_nobody_claims_to_know_who_changed_a_file_and_a_change_that_was_shown_is_no_news()
    {
        _bench.Write("a.txt", "1\n2\n");
        _bench.Write("b.txt", "1\n2\n");
        await ReadAsync("""{"path":"a.txt"}""");
        await ReadAsync("""{"path":"b.txt"}""");
        _bench.Reads.NoteCommand();
        _bench.Reads.NoteShownChange(_bench.PathOf("b.txt"));
        _bench.Write("a.txt", "1\n");
        _bench.Write("b.txt", "1\n");
        Assert.Equal(
            new Notice("a.txt has changed since Sage read it (1 line gone after line 1); Sage re-read it."),
            Assert.Single((await ReadAsync("""{"path":"a.txt"}""")).Events)
        );
        Assert.Empty((await ReadAsync("""{"path":"b.txt"}""")).Events);
    }

    [Theory]
    [InlineData("""{"path":"a.txt","start_line":"2","end_line":2}""")]
    [InlineData("""{"path":"a.txt","startLine":2,"endLine":"2"}""")]
    [InlineData("""{"path":"a.txt","start_line":2.0,"end_line":2}""")]
    public async Task Arguments_with_only_one_reading_are_understood(string json)
    {
        _bench.Write("a.txt", "1\n2\n3");
        Assert.Equal("a.txt, lines 2-2 of 3.\n2\t2", (await ReadAsync(json)).Text);
    }

    [Theory]
    [InlineData("""{}""", "missing parameter `path`")]
    [InlineData("""{"path":"a","lines":3}""", "unknown parameter `lines`")]
    [InlineData("""{"path":"a","start_line":"two"}""", "`start_line` must be an integer, not \"two\"")]
    [InlineData("""{"path":null}""", "`path` must be a string, not null")]
    [InlineData("""["a"]""", "the input must be an object")]
    [InlineData("""{"path":"\ud800"}""", "`path` has a value that cannot be read")]
    public void Mistakes_in_arguments_are_named_and_the_schema_is_shown(string json, string expected)
    {
        var error = _bench.Reject(_tool, json);
        Assert.Contains(expected, error, StringComparison.Ordinal);
        Assert.Contains("\"start_line\":{\"type\":\"integer\"", error, StringComparison.Ordinal);
    }

    [Fact]
    public void A_range_that_runs_backwards_is_rejected()
    {
        Assert.Contains(
            "end_line",
            _bench.Reject(_tool, """{"path":"a","start_line":5,"end_line":2}"""),
            StringComparison.Ordinal
        );
        Assert.Contains(
            "start_line",
            _bench.Reject(_tool, """{"path":"a","start_line":0}"""),
            StringComparison.Ordinal
        );
    }

    [Fact]
    public void A_call_declares_what_it_reads_without_touching_the_disk()
    {
        var call = _bench.Accept(_tool, """{"path":"./src/../src/a.ts","start_line":3}""");
        Assert.Equal("Read src/a.ts from line 3", call.Title);
        Assert.Equal(_bench.PathOf("src/a.ts"), Assert.Single(call.Access.Reads));
        Assert.Empty(call.Access.Writes);
        Assert.Equal((PermissionKind.Read, "read_file(src/a.ts)"), (call.Permission.Kind, call.Permission.Rule));
    }

    [Fact]
    public async Task A_long_file_is_shown_in_pages()
    {
        _bench.Write("a.txt", string.Concat(Enumerable.Range(1, 5_000).Select(static i => $"line {i}\n")));
        var first = await ReadAsync("""{"path":"a.txt"}""");
        Assert.StartsWith(
            "a.txt, lines 1-2000 of 5000. Read on with start_line 2001.\n1\tline 1\n",
            first.Text,
            StringComparison.Ordinal
        );
        var last = await ReadAsync("""{"path":"a.txt","start_line":4999}""");
        Assert.Equal("a.txt, lines 4999-5000 of 5000.\n4999\tline 4999\n5000\tline 5000", last.Text);
    }

    [Fact]
    public async Task No_page_is_longer_than_the_output_budget()
    {
        _bench.Write("a.txt", string.Concat(Enumerable.Repeat(new string('x', 1_990) + "\n", 100)));
        var result = await ReadAsync("""{"path":"a.txt"}""");
        Assert.InRange(result.Text.Length, 40_000, _tool.Definition.OutputBudget);
        Assert.Contains("Read on with start_line", result.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_long_line_is_cut_with_a_note()
    {
        _bench.Write("a.min.js", new string('x', 10_000));
        var result = await ReadAsync("""{"path":"a.min.js"}""");
        Assert.EndsWith("x… [8000 more characters in this line]", result.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_line_beyond_the_end_is_an_error_that_says_where_the_end_is()
    {
        _bench.Write("a.txt", "1\n2\n");
        Assert.Equal(
            ToolResult.Error("a.txt has 2 lines; there is no line 9."),
            await ReadAsync("""{"path":"a.txt","start_line":9}""")
        );
    }

    [Fact]
    public async Task An_empty_file_is_said_to_be_empty()
    {
        _bench.Write("a.txt", "");
        Assert.Equal("a.txt is empty.", (await ReadAsync("""{"path":"a.txt"}""")).Text);
    }

    [Fact]
    public async Task A_missing_file_names_the_closest()
    {
        _bench.Write("src/app.ts", "");
        Assert.Equal(
            "src/ap.ts does not exist. Did you mean src/app.ts?",
            (await ReadAsync("""{"path":"src/ap.ts"}""")).Text
        );
        Assert.Equal(
            "lib/app.ts does not exist. Did you mean src/app.ts?",
            (await ReadAsync("""{"path":"lib/app.ts"}""")).Text
        );
        Assert.Equal("zebra.png does not exist.", (await ReadAsync("""{"path":"zebra.png"}""")).Text);
    }

    [Fact]
    public async Task A_folder_is_an_error_that_names_the_right_tool()
    {
        Directory.CreateDirectory(_bench.PathOf("src"));
        Assert.Equal(ToolResult.Error("src is a folder: use list_directory."), await ReadAsync("""{"path":"src"}"""));
    }

    [Fact]
    public async Task Unsaved_text_in_the_editor_wins_over_the_disk()
    {
        var path = _bench.Write("a.txt", "on disk\n");
        _bench.Editor.Open(path, "in the editor\n", DocumentState.Dirty);
        var result = await ReadAsync("""{"path":"a.txt"}""");
        Assert.Equal("a.txt, lines 1-1 of 1, with unsaved changes in the editor.\n1\tin the editor", result.Text);
    }

    [Fact]
    public async Task A_clean_document_shows_what_a_command_has_just_written_to_disk()
    {
        var path = _bench.Write("a.txt", "written by a command\n");
        _bench.Editor.Open(path, "before\n", DocumentState.Clean);
        Assert.Contains(
            "written by a command",
            (await ReadAsync("""{"path":"a.txt"}""")).Text,
            StringComparison.Ordinal
        );
    }

    [Fact]
    public async Task A_document_that_is_not_on_disk_yet_can_be_read()
    {
        _bench.Editor.Open(_bench.PathOf("new.txt"), "draft", DocumentState.Dirty);
        Assert.Contains("draft", (await ReadAsync("""{"path":"new.txt"}""")).Text, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("utf-16", "UTF-16 LE")]
    [InlineData("utf-16BE", "UTF-16 BE")]
    public async Task Utf_16_is_decoded(string encoding, string name)
    {
        var codec = Encoding.GetEncoding(encoding);
        _bench.Write("a.txt", [.. codec.GetPreamble(), .. codec.GetBytes("Grüße\r\n")]);
        Assert.Equal($"a.txt, lines 1-1 of 1, {name}, CRLF.\n1\tGrüße", (await ReadAsync("""{"path":"a.txt"}""")).Text);
    }

    [Fact]
    public async Task A_legacy_encoding_is_guessed_and_said()
    {
        var bytes = Encoding.Latin1.GetBytes("// Die Größe der Fläche über dem Boden, für müde Bären\nint größe;\n");
        _bench.Write("a.c", bytes);
        var result = await ReadAsync("""{"path":"a.c"}""");
        Assert.Matches("^a.c, lines 1-2 of 2, (windows-1252|iso-8859-1)", result.Text);
        Assert.Contains("int größe;", result.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Stray_bytes_in_utf_8_are_shown_as_replacement_characters_and_said()
    {
        _bench.Write("a.txt", [.. "Grüße, wir grüßen "u8, 0xFF, .. " alle\n"u8]);
        Assert.Equal(
            "a.txt, lines 1-1 of 1, UTF-8 with invalid bytes.\n1\tGrüße, wir grüßen \uFFFD alle",
            (await ReadAsync("""{"path":"a.txt"}""")).Text
        );
    }

    [Fact]
    public async Task A_binary_file_is_said_not_dumped()
    {
        _bench.Write("a.bin", [1, 2, 0, 3]);
        _bench.Write("a.pdf", "%PDF-1.7 …");
        Assert.Equal(
            ToolResult.Error("a.bin is a binary file (4 bytes); tools read text and images only."),
            await ReadAsync("""{"path":"a.bin"}""")
        );
        Assert.Contains("a PDF document", (await ReadAsync("""{"path":"a.pdf"}""")).Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_image_is_shown_as_an_image()
    {
        byte[] png = [0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A, 0, 0, 0, 1];
        _bench.Write("logo.png", png);
        var result = await ReadAsync("""{"path":"logo.png"}""");
        var image = Assert.Single(result.Images);
        Assert.Equal("image/png", image.MediaType);
        Assert.Equal(png, Convert.FromBase64String(image.Data));
    }

    [Fact]
    public async Task An_image_over_the_limit_is_refused()
    {
        var png = new byte[6 * 1024 * 1024];
        ((ReadOnlySpan<byte>)[0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A]).CopyTo(png);
        _bench.Write("logo.png", png);
        var result = await ReadAsync("""{"path":"logo.png"}""");
        Assert.Equal(ToolResult.Error("logo.png is an image of 6 MB; images up to 5 MB can be shown."), result);
    }

    [Fact]
    public async Task The_version_that_was_shown_is_remembered()
    {
        var path = _bench.Write("a.txt", "one\n");
        Assert.Null(_bench.Reads.Find(path));
        await ReadAsync("""{"path":"a.txt"}""");
        var first = _bench.Reads.Find(path);
        Assert.NotNull(first);
        _bench.Write("a.txt", "two\n");
        await ReadAsync("""{"path":"a.txt"}""");
        Assert.NotEqual(first, _bench.Reads.Find(path));
    }

    private Task<ToolResult> ReadAsync(string json) => _bench.RunAsync(_tool, json);
}
