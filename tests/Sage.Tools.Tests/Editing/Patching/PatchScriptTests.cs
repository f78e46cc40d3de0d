using Sage.Tools.Editing;
using Sage.Tools.Editing.Patching;

namespace Sage.Tools.Tests.Editing.Patching;

public sealed class PatchScriptTests
{
    [Fact]
    public void Hunks_change_lines_where_they_stand()
    {
        var outcome = Apply("1\n2\n3\n4\n5\n", " 1\n-2\n+two\n 3\n@@\n-5\n+five\n+six\n");
        Assert.Equal(("1\ntwo\n3\n4\nfive\nsix\n", MatchLevel.Exact), (outcome.Text, outcome.Loosest));
    }

    [Theory]
    [InlineData("a\nb", "-b\n+c", "a\nc")]
    [InlineData("a\nb", " b\n+c", "a\nb\nc")]
    [InlineData("a\nb\n", "-b", "a\n")]
    [InlineData("a\n\nb", "-b", "a\n\n")]
    [InlineData("a\nb\nc\n", "-b", "a\nc\n")]
    [InlineData("a\n", "-a", "")]
    [InlineData("", "+a", "a\n")]
    [InlineData("\n\na\n", "-a\n+b", "\n\nb\n")]
    public void The_end_of_a_file_stays_as_it_is(string text, string hunk, string expected) =>
        Assert.Equal(expected, Apply(text, hunk).Text);

    [Fact]
    public void A_line_is_never_matched_by_a_part_of_it()
    {
        var outcome = Apply("max = 1\nx = 10\n", "-x = 1\n+x = 2\n");
        Assert.Contains("does not fit", outcome.Error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("a  \nb\n", " a\n-b\n+c\n", "a  \nc\n", MatchLevel.TrailingWhitespace)]
    [InlineData("\t\ta {\n\t\t\tb\n", " a {\n-\tb\n+\tc\n", "\t\ta {\n\t\t\tc\n", MatchLevel.Indentation)]
    [InlineData("“a” – b\nc\n", " \"a\" - b\n-c\n+d\n", "“a” – b\nd\n", MatchLevel.Typography)]
    internal void The_levels_are_those_of_edits(string text, string hunk, string expected, MatchLevel level)
    {
        var outcome = Apply(text, hunk);
        Assert.Equal((expected, level), (outcome.Text, outcome.Loosest));
    }

    [Theory]
    [InlineData("x\ny\nx\n", "-x\n+z\n", "matches 2 places in a.ts (lines 1, 3).")]
    [InlineData("x \ny\nx\t\n", "-x\n+z\n", "matches 2 places in a.ts (lines 1, 3), none exactly")]
    [InlineData("  x\ny\n    x\n", "-x\n+z\n", "matches 2 places in a.ts (lines 1, 3), none exactly")]
    [InlineData("‘x’\ny\n’x‘\n", "-'x'\n+z\n", "matches 2 places in a.ts (lines 1, 3), none exactly")]
    public void Whatever_the_level_two_places_are_never_chosen_from(string text, string hunk, string expected)
    {
        var outcome = Apply(text, hunk);
        Assert.Contains(expected, outcome.Error, StringComparison.Ordinal);
        Assert.Equal(text, outcome.Text);
    }

    [Fact]
    public void A_block_is_not_found_by_its_first_and_last_line_alone()
    {
        var outcome = Apply("begin\none\nend\n", "-begin\n-two\n-end\n+x\n");
        Assert.Contains(
            "was not found in a.ts. The closest text is:\n1\tbegin",
            outcome.Error,
            StringComparison.Ordinal
        );
    }

    [Fact]
    public void An_anchor_says_which_of_several_places_is_meant()
    {
        const string text =
            "class A {\n  run() {\n    go()\n  }\n}\nclass B {\n  run() {\n    go()\n  }\n}\nclass C {\n  run() {\n    go()\n  }\n}\n";
        Assert.Contains("(lines 3, 8, 13)", Apply(text, "-    go()\n+    stop()\n").Error, StringComparison.Ordinal);
        var outcome = Apply(text, "@@ class B\n-    go()\n+    stop()\n");
        Assert.Equal(
            text.Replace("B {\n  run() {\n    go", "B {\n  run() {\n    stop", StringComparison.Ordinal),
            outcome.Text
        );
        var nested = Apply(text, "@@ class C {\n@@   run() {\n     go()\n+    more()\n");
        Assert.Equal(text[..^"  }\n}\n".Length] + "    more()\n  }\n}\n", nested.Text);
        Assert.Contains(
            "(lines 3, 8, 13)",
            Apply(text, "@@ run() {\n-    go()\n+    stop()\n").Error,
            StringComparison.Ordinal
        );
        Assert.Contains(
            "`@@ class D` names no line",
            Apply(text, "@@ class D\n-    go()\n+    x\n").Error,
            StringComparison.Ordinal
        );
    }

    [Fact]
    public void The_anchors_own_line_may_be_repeated_as_context() =>
        Assert.Equal(
            "def f():\n    return 2\n",
            Apply("def f():\n    return 1\n", "@@ def f():\n def f():\n-    return 1\n+    return 2\n").Text
        );

    [Fact]
    public void A_hunk_behind_another_is_looked_for_behind_it_first()
    {
        Assert.Equal("x\na\nz\nb\n", Apply("x\na\nx\nb\n", " a\n@@\n-x\n+z\n b\n").Text);
        Assert.Equal("x\na\nz\n", Apply("x\na\nx\n", " x\n a\n@@\n-x\n+z\n").Text);
        Assert.Equal("1\nb\n2\n", Apply("a\nb\nc\n", "-c\n+2\n@@\n-a\n+1\n").Text);
    }

    [Fact]
    public void Hunks_that_overlap_are_refused() =>
        Assert.Contains(
            "overlap with those of an earlier hunk (line 2)",
            Apply("a\nb\nc\n", " a\n-b\n+x\n@@\n-b\n+y\n c\n").Error,
            StringComparison.Ordinal
        );

    [Fact]
    public void The_end_of_the_file_can_be_named()
    {
        Assert.Equal("x\ny\nz\n", Apply("x\ny\nx\n", "-x\n+z\n*** End of File\n").Text);
        Assert.Equal("x\ny\nz\n", Apply("x\ny\n", "+z\n*** End of File\n").Text);
    }

    [Fact]
    public void Lines_are_added_where_it_is_said_and_nowhere_else()
    {
        Assert.Equal("a\nnew\nb\n", Apply("a\nb\n", "@@ a\n+new\n").Text);
        Assert.Contains("does not say where", Apply("a\nb\n", "+new\n").Error, StringComparison.Ordinal);
        Assert.Contains(
            "`@@ a` matches 2 places in a.ts (lines 1, 2)",
            Apply("a\na\n", "@@ a\n+new\n").Error,
            StringComparison.Ordinal
        );
    }

    [Theory]
    [InlineData("\n a\n-b\n+c\n\n")]
    [InlineData("@@\n\n\n a\n-b\n+c\n")]
    [InlineData("@@ a\n a\n-b\n+c\n \n")]
    public void Blank_context_at_the_ends_of_a_hunk_may_be_missing_in_the_file(string hunk) =>
        Assert.Equal("a\nc\n", Apply("a\nb\n", hunk).Text);

    [Fact]
    public void Blank_context_that_is_in_the_file_says_which_place_is_meant() =>
        Assert.Equal("x\ny\n\nz\n", Apply("x\ny\n\nx\n", "\n-x\n+z\n").Text);

    [Fact]
    public void Removing_a_blank_line_that_is_not_there_is_no_match() =>
        Assert.NotNull(Apply("a\nb\n", " b\n-\n").Error);

    [Theory]
    [InlineData("a\n", " a\n+// ... existing code ...\n", "adds the placeholder “// ... existing code ...”")]
    [InlineData("a\n\n\nb\n", "-\n+x\n", "holds only blank lines")]
    [InlineData("a\n", " a\n", "would not change a.ts")]
    [InlineData("const total = 3\n", "-const total = 2\n+const total = 3\n", "is already there (line 1)")]
    public void What_makes_no_sense_is_refused(string text, string hunk, string expected)
    {
        var outcome = Apply(text, hunk);
        Assert.Contains(expected, outcome.Error, StringComparison.Ordinal);
        Assert.Equal(text, outcome.Text);
    }

    private static EditOutcome Apply(string text, string hunks)
    {
        Assert.True(
            PatchParser.TryParse($"*** Begin Patch\n*** Update File: a.ts\n{hunks}", out var sections, out var error),
            error
        );
        return PatchScript.Apply("a.ts", text, Assert.IsType<PatchSection.Update>(Assert.Single(sections)).Hunks);
    }
}
