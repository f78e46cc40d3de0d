using System.Text.Json;
using Sage.Providers.Demo;

namespace Sage.Providers.Tests.Demo;

public sealed class ToolTextsTests
{
    [Fact]
    public void Matches_are_read_below_their_file_even_with_spaces_in_its_name()
    {
        var found = ToolTexts.Found(
            Result(
                "my notes/a b.md\n3: one TODO\n9- context\n\nsrc/b.ts\n12: x: TODO\n[The first 2 of 40 matching lines; narrow the search or raise head_limit.]"
            )
        );

        Assert.Equal(
            [new FoundLine("my notes/a b.md", 3, "one TODO"), new FoundLine("src/b.ts", 12, "x: TODO")],
            found.ToArray()
        );
    }

    [Fact]
    public void Matches_are_read_beside_their_file() =>
        Assert.Equal([new FoundLine("a.ts", 3, "let x: y;")], ToolTexts.Found(Result("a.ts:3:  let x: y;")).ToArray());

    [Fact]
    public void A_search_that_failed_found_nothing() =>
        Assert.Empty(ToolTexts.Found(new DemoResult("grep", default, "a.ts:3: bad pattern", IsError: true)));

    [Fact]
    public void All_files_are_counted_when_only_some_are_shown()
    {
        var result = Result("a.ts\nb.ts\n[The newest 2 of 4321 files; narrow the pattern to see others.]");

        Assert.Equal(4321, ToolTexts.Count(result));
        Assert.Equal(["a.ts", "b.ts"], ToolTexts.Paths(result).ToArray());
    }

    [Fact]
    public void Lines_of_a_file_keep_their_indentation_and_tabs() =>
        Assert.Equal(
            ["\tif (x)", "", "  y"],
            ToolTexts.FileLines(Result("a.ts, lines 1-3 of 3.\n1\t\tif (x)\n2\t\n3\t  y"))!.Value.ToArray()
        );

    private static DemoResult Result(string text) =>
        new("grep", JsonDocument.Parse("{}").RootElement, text, IsError: false);
}
