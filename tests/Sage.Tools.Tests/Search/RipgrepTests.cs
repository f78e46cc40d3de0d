using Sage.TestKit;
using Sage.Tools.Search;

namespace Sage.Tools.Tests.Search;

/// <summary>What can be shown of ripgrep without having it: what it is asked, and how its answer is read.</summary>
public sealed class RipgrepTests
{
    [Fact]
    public void It_is_asked_for_what_the_managed_search_does()
    {
        var plain = Ripgrep.Arguments(new SearchQuery("/w", null, "-x"));
        Assert.Equal("--json", plain[0]);
        Assert.Contains("--no-config", plain);
        Assert.Contains("--hidden", plain);
        Assert.Contains("--no-require-git", plain);
        Assert.Contains("--case-sensitive", plain);
        Assert.Contains("--glob=!.git", plain);
        Assert.Equal(["--regexp=-x", "--", "."], plain.TakeLast(3));

        var full = Ripgrep.Arguments(
            new SearchQuery("/w", "a b.ts", "x")
            {
                Case = CaseRule.Insensitive,
                Span = MatchSpan.ManyLines,
                Depth = SearchDepth.FirstMatch,
                Context = 2,
                Globs = ["src/**", "*.{ts,tsx}"],
            }
        );
        Assert.Contains("--ignore-case", full);
        Assert.Contains("--multiline", full);
        Assert.Contains("--multiline-dotall", full);
        Assert.Contains("--max-count=1", full);
        Assert.Contains("--context=2", full);
        Assert.Contains("--type-add=wanted:*.{ts,tsx}", full);
        Assert.Contains("--type=wanted", full);
        Assert.Equal("./a b.ts", full[^1]);
    }

    /// <summary>Its <c>--glob</c> would bring back what git ignores.</summary>
    [Theory]
    [InlineData("*.ts", "*.ts")]
    [InlineData("src/**/*.{ts,tsx}", "*.{ts,tsx}")]
    [InlineData("src/**", null)]
    [InlineData("src/", null)]
    [InlineData("!*.ts", null)]
    [InlineData("{src,lib/x}/*.ts", null)]
    public void Globs_narrow_it_by_name_at_most(string glob, string? name)
    {
        var arguments = Ripgrep.Arguments(new SearchQuery("/w", null, "x") { Globs = [glob] });
        Assert.DoesNotContain($"--glob={glob}", arguments);
        Assert.Equal(name is not null, arguments.Contains("--type=wanted"));
        Assert.Equal(name is not null, arguments.Contains($"--type-add=wanted:{name}"));
    }

    [Fact]
    public void Its_messages_become_matches()
    {
        var files = Read(
            """{"type":"begin","data":{"path":{"text":"./src/a.ts"}}}""",
            """{"type":"context","data":{"path":{"text":"./src/a.ts"},"lines":{"text":"before\r\n"},"line_number":1,"absolute_offset":0,"submatches":[]}}""",
            """{"type":"match","data":{"path":{"text":"./src/a.ts"},"lines":{"text":"one\ntwo\n"},"line_number":2,"absolute_offset":8,"submatches":[{"match":{"text":"one"},"start":0,"end":3}]}}""",
            """{"type":"end","data":{"path":{"text":"./src/a.ts"},"binary_offset":null,"stats":{}}}""",
            """{"type":"begin","data":{"path":{"text":"./b.bin"}}}""",
            """{"type":"match","data":{"path":{"text":"./b.bin"},"lines":{"text":"one"},"line_number":1,"absolute_offset":0,"submatches":[]}}""",
            """{"type":"end","data":{"path":{"text":"./b.bin"},"binary_offset":3,"stats":{}}}""",
            """{"type":"summary","data":{"elapsed_total":{},"stats":{}}}"""
        );
        var file = Assert.Single(files);
        Assert.Equal("/w/src/a.ts", file.FullPath);
        Assert.Equal(
            [new FoundLine(1, "before", false), new FoundLine(2, "one", true), new FoundLine(3, "two", true)],
            file.Lines
        );
    }

    [Fact]
    public void A_message_torn_by_a_kill_is_passed_over() =>
        Assert.Empty(Read("""{"type":"match","data":{"path":{"te"""));

    [Fact]
    public void Bytes_that_are_no_utf_8_are_decoded()
    {
        var bytes = Convert.ToBase64String([.. "M"u8, 0xFC, .. "de B"u8, 0xE4, .. "ren\n"u8]);
        var file = Assert.Single(
            Read(
                $$$"""{"type":"match","data":{"path":{"text":"./a.txt"},"lines":{"bytes":"{{{bytes}}}"},"line_number":7,"absolute_offset":0,"submatches":[]}}""",
                """{"type":"end","data":{"path":{"text":"./a.txt"},"binary_offset":null,"stats":{}}}"""
            )
        );
        Assert.Equal(new FoundLine(7, "Müde Bären", true), Assert.Single(file.Lines));
    }

    [Fact]
    public void It_is_found_on_the_search_path()
    {
        using var temp = new TempFolder();
        var rg = temp.Write(OperatingSystem.IsWindows() ? "bin/rg.exe" : "bin/rg", "");
        var path = string.Join(Path.PathSeparator, "relative", temp["empty"], temp["bin"]);
        Assert.Equal(rg, Ripgrep.FindOnPath(path));
        Assert.Null(Ripgrep.FindOnPath(temp["empty"]));
        Assert.Null(Ripgrep.FindOnPath(null));
    }

    [Fact]
    public async Task One_that_cannot_be_started_leaves_the_search_to_the_other_engine()
    {
        using var bench = new ToolBench();
        bench.Write("a.txt", "hit\n");
        var tool = new GrepTool(bench.Paths, bench.Editor, () => bench.PathOf("no-such-rg"));
        Assert.Equal("a.txt\n1: hit", (await bench.RunAsync(tool, """{"pattern":"hit"}""")).Text);
    }

    private static List<FileMatches> Read(params string[] messages)
    {
        var output = new RipgrepOutput("/w");
        return [.. messages.Select(output.Read).OfType<FileMatches>()];
    }
}
