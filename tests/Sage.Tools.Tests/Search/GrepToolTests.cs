using System.Text;
using Sage.Agent.Permissions;
using Sage.Protocol.Events;
using Sage.TestKit.Fakes;
using Sage.Tools.Search;

namespace Sage.Tools.Tests.Search;

/// <summary>What <c>grep</c> promises; <see cref="RipgrepAgreementTests"/> shows that ripgrep keeps the same promises.</summary>
public sealed class GrepToolTests : IDisposable
{
    private readonly ToolBench _bench = new();
    private readonly GrepTool _tool;

    public GrepToolTests() => _tool = new GrepTool(_bench.Paths, _bench.Editor, static () => null);

    public void Dispose() => _bench.Dispose();

    [Fact]
    public async Task Matches_are_shown_under_their_file_with_line_numbers()
    {
        _bench.Write("src/b.ts", "x\nconst one = 1\n");
        _bench.Write("src/a.ts", "const two = 2\r\ny\r\nconst three = 3\r\n");
        Assert.Equal(
            "src/a.ts\n1: const two = 2\n3: const three = 3\n\nsrc/b.ts\n2: const one = 1",
            await GrepAsync("""{"pattern":"const \\w+ = \\d$"}""")
        );
    }

    [Fact]
    public async Task Context_lines_are_marked_and_gaps_shown()
    {
        _bench.Write("a.txt", "1\n2\nhit\n4\n5\n6\n7\nhit\nhit\n10\n");
        Assert.Equal(
            "a.txt\n2- 2\n3: hit\n4- 4\n--\n7- 7\n8: hit\n9: hit\n10- 10",
            await GrepAsync("""{"pattern":"hit","context":1}""")
        );
    }

    [Fact]
    public async Task Output_can_be_files_or_counts()
    {
        _bench.Write("a.txt", "hit\nhit\n");
        _bench.Write("b/c.txt", "hit\n");
        _bench.Write("d.txt", "miss\n");
        Assert.Equal("a.txt\nb/c.txt", await GrepAsync("""{"pattern":"hit","output":"files"}"""));
        Assert.Equal(
            "a.txt: 2\nb/c.txt: 1\n[3 matching lines in 2 files]",
            await GrepAsync("""{"pattern":"hit","output":"count"}""")
        );
    }

    [Theory]
    [InlineData(RuleEffect.Deny)]
    [InlineData(RuleEffect.Ask)]
    public async Task What_a_rule_keeps_from_being_read_is_left_out_and_said(RuleEffect effect)
    {
        _bench.Write("a.txt", "hit\n");
        _bench.Write("private/b.txt", "hit\n");
        _bench.Rules.Policy = new PermissionPolicy([
            PermissionRule.TryParse("read(private/**)", effect, new RuleSource(RuleSourceKind.User))!,
        ]);
        const string leftOut =
            "\n[Matches in files that read(private/**) in your settings is about were left out: private/b.txt."
            + " Only read_file may get them.]";
        Assert.Equal("a.txt\n1: hit" + leftOut, await GrepAsync("""{"pattern":"hit"}"""));
        Assert.EndsWith(
            leftOut,
            await GrepAsync("""{"pattern":"hit","path":"private/b.txt"}"""),
            StringComparison.Ordinal
        );
        Assert.DoesNotContain(
            "hit",
            string.Concat(_bench.Output).Replace("a.txt\n1: hit", ""),
            StringComparison.Ordinal
        );
    }

    [Fact]
    public async Task Case_globs_types_and_paths_narrow_the_search()
    {
        _bench.Write("src/a.ts", "Hit\n");
        _bench.Write("src/a.tsx", "hit\n");
        _bench.Write("src/a.test.ts", "hit\n");
        _bench.Write("lib/a.js", "hit\n");
        _bench.Write("lib/deep/b.ts", "hit\n");
        const string files = "\"pattern\":\"hit\",\"output\":\"files\"";
        Assert.Equal("lib/a.js\nlib/deep/b.ts\nsrc/a.test.ts\nsrc/a.tsx", await GrepAsync($$"""{{{files}}}"""));
        Assert.Contains(
            "src/a.ts\n",
            await GrepAsync($$"""{{{files}},"case_insensitive":true}""") + "\n",
            StringComparison.Ordinal
        );
        Assert.Equal("lib/deep/b.ts\nsrc/a.test.ts", await GrepAsync($$"""{{{files}},"glob":"*.ts"}"""));
        Assert.Equal("lib/a.js", await GrepAsync($$"""{{{files}},"glob":"lib/*"}"""));
        Assert.Equal("lib/deep/b.ts", await GrepAsync($$"""{{{files}},"path":"lib","glob":"**/*.ts"}"""));
        Assert.Equal("lib/a.js\nlib/deep/b.ts\nsrc/a.tsx", await GrepAsync($$"""{{{files}},"glob":"!*.test.ts"}"""));
        Assert.Equal(
            "lib/deep/b.ts\nsrc/a.test.ts\nsrc/a.tsx",
            await GrepAsync($$"""{{{files}},"type":"typescript"}""")
        );
        Assert.Equal("lib/deep/b.ts", await GrepAsync($$"""{{{files}},"type":"ts","glob":"lib/**"}"""));
        Assert.Equal("lib/a.js", await GrepAsync($$"""{{{files}},"path":"lib/a.js"}"""));
    }

    [Fact]
    public async Task What_git_ignores_is_not_searched_but_hidden_files_are()
    {
        _bench.Write(".gitignore", "dist/\n*.log\n");
        _bench.Write("dist/a.js", "hit\n");
        _bench.Write("a.log", "hit\n");
        _bench.Write(".git/HEAD", "hit\n");
        _bench.Write(".github/ci.yml", "hit\n");
        _bench.Write("src/.gitignore", "gen.ts\n");
        _bench.Write("src/gen.ts", "hit\n");
        Assert.Equal(".github/ci.yml", await GrepAsync("""{"pattern":"hit","output":"files"}"""));
        Assert.Equal("dist/a.js", await GrepAsync("""{"pattern":"hit","output":"files","path":"dist"}"""));
        Assert.Equal("a.log", await GrepAsync("""{"pattern":"hit","output":"files","path":"a.log"}"""));
    }

    [Fact]
    public async Task Matches_may_span_lines_when_asked()
    {
        _bench.Write("a.ts", "foo(\n  1,\n)\nbar()\nfoo(2)\n");
        Assert.StartsWith("No match", await GrepAsync("""{"pattern":"foo\\(\\s*1"}"""), StringComparison.Ordinal);
        Assert.Equal("a.ts\n1: foo(\n2:   1,", await GrepAsync("""{"pattern":"foo\\(\\s*1,","multiline":true}"""));
        Assert.Equal(
            "a.ts\n1: foo(\n2:   1,\n3: )",
            await GrepAsync("""{"pattern":"foo.*?\\)","multiline":true,"head_limit":3}""", Cut.Note)
        );
    }

    [Fact]
    public async Task Unsaved_documents_are_searched_instead_of_their_files()
    {
        _bench.Editor.Open(_bench.Write("a.txt", "on disk\n"), "in the editor\n", DocumentState.Dirty);
        _bench.Editor.Open(_bench.Write("b.txt", "on disk\n"), "stale\n", DocumentState.Clean);
        _bench.Editor.Open(_bench.PathOf("new.txt"), "in the editor\n", DocumentState.Dirty);
        Assert.Equal("b.txt", await GrepAsync("""{"pattern":"on disk","output":"files"}"""));
        Assert.Equal(
            "a.txt\n1: in the editor\n\nnew.txt\n1: in the editor",
            await GrepAsync("""{"pattern":"in the editor"}""")
        );
        Assert.Equal("new.txt\n1: in the editor", await GrepAsync("""{"pattern":"editor","path":"new.txt"}"""));
    }

    [Fact]
    public async Task A_document_opened_through_a_link_is_searched_once()
    {
        _bench.Write("real.txt", "on disk\n");
        File.CreateSymbolicLink(_bench.PathOf("link.txt"), "real.txt");
        _bench.Editor.Open(_bench.PathOf("link.txt"), "on screen\n", DocumentState.Dirty);
        Assert.Equal("real.txt\n1: on screen", await GrepAsync("""{"pattern":"on "}"""));
    }

    [Fact]
    public async Task Many_matches_are_capped_and_counted()
    {
        _bench.Write("a.txt", string.Concat(Enumerable.Range(0, 150).Select(static i => $"hit {i}\n")));
        _bench.Write("b.txt", string.Concat(Enumerable.Range(0, 150).Select(static i => $"hit {i}\n")));
        var lines = (await GrepAsync("""{"pattern":"hit"}""")).Split('\n');
        Assert.Equal("[The first 200 of 300 matching lines; narrow the search or raise head_limit.]", lines[^1]);
        Assert.Equal(200, lines.Count(static line => line.Contains(": hit", StringComparison.Ordinal)));
        Assert.Equal(
            300,
            (await GrepAsync("""{"pattern":"hit","head_limit":500}"""))
                .Split('\n')
                .Count(static line => line.Contains(": hit", StringComparison.Ordinal))
        );
    }

    [Fact]
    public async Task A_flood_of_matches_is_cut_short_and_said()
    {
        _bench.Write("a.txt", string.Concat(Enumerable.Repeat("hit\n", 30_000)));
        _bench.Write("b.txt", string.Concat(Enumerable.Repeat("hit\n", 30_000)));
        var text = await GrepAsync("""{"pattern":"hit","head_limit":2}""");
        Assert.Contains("[The first 2 of more than", text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Binary_files_are_skipped_and_long_lines_cut()
    {
        _bench.Write("a.bin", [.. "hit\0"u8]);
        _bench.Write("a.min.js", "hit" + new string('x', 5_000));
        var text = await GrepAsync("""{"pattern":"hit"}""");
        Assert.StartsWith("a.min.js\n1: hitxxx", text, StringComparison.Ordinal);
        Assert.EndsWith("… [4503 more characters]", text, StringComparison.Ordinal);
        Assert.DoesNotContain("a.bin", text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Files_that_are_not_utf_8_are_searched()
    {
        _bench.Write("utf16.txt", [.. Encoding.Unicode.GetPreamble(), .. Encoding.Unicode.GetBytes("ein hit\n")]);
        _bench.Write("latin1.txt", Encoding.Latin1.GetBytes("ein hit für müde Bären in großer Höhe\n"));
        Assert.Equal(
            "latin1.txt\n1: ein hit für müde Bären in großer Höhe\n\nutf16.txt\n1: ein hit",
            await GrepAsync("""{"pattern":"ein hit"}""")
        );
    }

    [Fact]
    public async Task Look_around_works()
    {
        _bench.Write("a.txt", "foobar\nfoobaz\n");
        Assert.Equal("a.txt\n2: foobaz", await GrepAsync("""{"pattern":"foo(?!bar)"}"""));
    }

    [Fact]
    public async Task A_bad_pattern_is_an_error_that_says_how_to_mend_it()
    {
        _bench.Write("a.txt", "foo(\n");
        var result = await _bench.RunAsync(_tool, """{"pattern":"foo("}""");
        Assert.Equal(ToolCallStatus.Error, result.Status);
        Assert.Contains("not a valid regular expression", result.Text, StringComparison.Ordinal);
        Assert.Contains("backslash", result.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Matches_are_streamed_while_the_search_runs()
    {
        _bench.Write("a.txt", "hit\n");
        await GrepAsync("""{"pattern":"hit"}""");
        Assert.Equal("a.txt\n1: hit\n", Assert.Single(_bench.Output));
    }

    [Theory]
    [InlineData("""{"pattern":"x","type":"klingon"}""", "`type` klingon is unknown. The types are: c, cpp, cs,")]
    [InlineData("""{"pattern":""}""", "`pattern` is empty")]
    [InlineData("""{"pattern":"x","output":"lines"}""", "`output` must be one of `content`, `files`, `count`")]
    [InlineData("""{"pattern":"x","head_limit":0}""", "`head_limit`")]
    public void Mistakes_in_arguments_are_named(string json, string expected) =>
        Assert.Contains(expected, _bench.Reject(_tool, json), StringComparison.Ordinal);

    [Theory]
    [InlineData("../x", "outside the workspace")]
    [InlineData("missing", "does not exist")]
    public async Task Places_that_cannot_be_searched_are_errors(string path, string expected)
    {
        var result = await _bench.RunAsync(_tool, $$"""{"pattern":"x","path":"{{path}}"}""");
        Assert.Equal(ToolCallStatus.Error, result.Status);
        Assert.Contains(expected, result.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_cancelled_search_ends()
    {
        using var cancelled = new CancellationTokenSource();
        await cancelled.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() =>
            _bench.RunAsync(_tool, """{"pattern":"x"}""", cancelled.Token)
        );
    }

    private async Task<string> GrepAsync(string json, Cut cut = Cut.Nothing)
    {
        var result = await _bench.RunAsync(_tool, json);
        Assert.Equal(ToolCallStatus.Ok, result.Status);
        return cut == Cut.Note ? result.Text[..result.Text.IndexOf("\n[", StringComparison.Ordinal)] : result.Text;
    }

    private enum Cut
    {
        Nothing,
        Note,
    }
}
