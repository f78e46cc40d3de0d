using Sage.Tools.Editing.Patching;

namespace Sage.Tools.Tests.Editing.Patching;

public sealed class PatchParserTests
{
    [Fact]
    public void All_that_a_patch_can_say_is_read()
    {
        var sections = Parse(
            """
            *** Begin Patch
            *** Add File: docs/new.md
            +# Title
            +
            +Text
            *** Delete File: old.txt
            *** Update File: src/a.ts
            *** Move to: src/b.ts
            @@ class A
            @@ run() {
             before
            -old
            +new
             after
            @@
            -last
            *** End of File
            *** End Patch
            """
        );
        Assert.Equal(3, sections.Count);
        Assert.Equal(new PatchSection.Add("docs/new.md", "# Title\n\nText\n"), sections[0]);
        Assert.Equal(new PatchSection.Delete("old.txt"), sections[1]);
        var update = Assert.IsType<PatchSection.Update>(sections[2]);
        Assert.Equal(("src/a.ts", "src/b.ts"), (update.Path, update.MoveTo));
        Assert.Equal<string>(["class A", "run() {"], update.Hunks[0].Anchors);
        Assert.Equal<string>(["before", "old", "after"], update.Hunks[0].Old);
        Assert.Equal<string>(["before", "new", "after"], update.Hunks[0].New);
        Assert.Equal((PatchPlace.EndOfFile, 15), (update.Hunks[1].Place, update.Hunks[1].LineNumber));
    }

    [Theory]
    [InlineData("*** Begin Patch\n*** Update File: a\n-x\n+y\n*** End Patch\n")]
    [InlineData("*** Begin Patch\r\n*** Update File: a\r\n-x\r\n+y\r\n*** End Patch\r\n")]
    [InlineData("*** Begin Patch\n*** Update File: a\n-x\n+y\n")]
    [InlineData("*** Begin Patch\n*** Update File: a\n-x\n+y")]
    [InlineData("*** Update File: a\n-x\n+y\n*** End Patch")]
    [InlineData("  *** Begin Patch\n*** update file:a  \n-x\n+y\n*** End Patch  \n\n")]
    [InlineData("apply_patch <<'EOF'\n*** Begin Patch\n*** Update File: a\n-x\n+y\n*** End Patch\nEOF\n")]
    [InlineData("<<\"PATCH\"\n*** Begin Patch\n*** Update File: a\n-x\n+y\nPATCH")]
    [InlineData("```diff\n*** Begin Patch\n*** Update File: a\n-x\n+y\n*** End Patch\n```\n")]
    [InlineData(
        "*** Begin Patch\n*** Update File: a\n@@ -1,4 +1,5 @@ int main()\n-x\n+y\n\\ No newline at end of file\n*** End Patch"
    )]
    [InlineData("*** Begin Patch\n*** Update File: a\n\n@@\n-x\n+y\n*** End Patch\n*** Begin Patch\n*** End Patch")]
    public void Sloppy_wrapping_changes_nothing_of_what_is_meant(string patch)
    {
        var update = Assert.IsType<PatchSection.Update>(Assert.Single(Parse(patch)));
        Assert.Equal("a", update.Path);
        var hunk = Assert.Single(update.Hunks).WithoutBlankEnds();
        Assert.Empty(hunk.Anchors);
        Assert.Equal<string>(["x"], hunk.Old);
        Assert.Equal<string>(["y"], hunk.New);
    }

    [Theory]
    [InlineData("", "The patch is empty")]
    [InlineData("*** Begin Patch\n*** End Patch", "The patch is empty")]
    [InlineData("*** Begin Patch\n\n \n*** End Patch", "The patch is empty")]
    [InlineData("--- a/x\n+++ b/x\n@@ -1 +1 @@\n-a\n+b", "Line 1 is no patch: “--- a/x”")]
    [InlineData(
        "*** Begin Patch\n*** Update File: a\n-x\n*** End Patch\nThis is done.",
        "Line 5 stands behind `*** End Patch`"
    )]
    [InlineData("*** Begin Patch\nHello\n*** Update File: a\n-x", "Line 2 of the patch was expected to be")]
    [InlineData("*** Begin Patch\n*** Update File: a\nx\n+y", "Line 3 of the patch should begin with a space")]
    [InlineData("*** Begin Patch\n*** Add File: a\n+x\ny", "Line 4 of the patch should begin with `+`")]
    [InlineData("*** Begin Patch\n*** Update File: a\n*** End Patch", "Line 2 of the patch is followed by no change")]
    [InlineData(
        "*** Begin Patch\n*** Update File: a\n@@ b\n*** End Patch",
        "Line 3 of the patch is followed by no change"
    )]
    [InlineData("*** Begin Patch\n*** Delete File:\n*** End Patch", "Line 2 of the patch names no file")]
    [InlineData("*** Begin Patch\n*** Delete File: a\n-x\n*** End Patch", "Line 3 of the patch was expected to be")]
    public void What_can_mean_two_things_is_an_error_that_names_the_line(string patch, string expected)
    {
        Assert.False(PatchParser.TryParse(patch, out var sections, out var error));
        Assert.Empty(sections);
        Assert.StartsWith(expected, error, StringComparison.Ordinal);
    }

    [Fact]
    public void A_patch_about_patches_keeps_their_marks_as_text()
    {
        var update = Assert.IsType<PatchSection.Update>(
            Assert.Single(
                Parse(
                    "*** Begin Patch\n*** Update File: a.md\n *** Begin Patch\n-*** Delete File: x\n+*** Add File: y\n *** End Patch\n*** End Patch"
                )
            )
        );
        Assert.Equal<string>(
            ["*** Begin Patch", "*** Delete File: x", "*** End Patch"],
            Assert.Single(update.Hunks).Old
        );
    }

    [Fact]
    public void Blank_lines_of_a_new_file_may_lack_their_mark()
    {
        var added = Assert.IsType<PatchSection.Add>(
            Assert.Single(Parse("*** Begin Patch\n*** Add File: a\n+x\n\n+y\n\n*** End Patch"))
        );
        Assert.Equal("x\n\ny\n", added.Text);
    }

    private static List<PatchSection> Parse(string patch)
    {
        Assert.True(PatchParser.TryParse(patch, out var sections, out var error), error);
        return [.. sections];
    }
}
