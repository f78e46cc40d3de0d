using Sage.Tools.Editing;

namespace Sage.Tools.Tests.Editing;

/// <summary>What each level forgives, that it is tried only when the stricter ones find nothing, and that none ever chooses.</summary>
public sealed class MatchLevelTests
{
    [Theory]
    [InlineData("a(b)\n", "a(b)", MatchLevel.Exact)]
    [InlineData("if x:  \n\ty\t\n", "if x:\n\ty\n", MatchLevel.TrailingWhitespace)]
    [InlineData("    if (x) {\n        y();\n    }\n", "if (x) {\n    y();\n}\n", MatchLevel.Indentation)]
    [InlineData("\tx\n", "\t\tx\n", MatchLevel.Indentation)]
    [InlineData("“a” — it’s\u00A0b\u2009c\u205Fd\n", "\"a\" - it's b c d", MatchLevel.Typography)]
    internal void A_level_forgives_what_it_is_for(string text, string wanted, MatchLevel expected)
    {
        var (level, matches) = TextMatcher.Find(text, wanted);
        Assert.Equal(expected, level);
        Assert.Single(matches);
    }

    [Fact]
    public void A_stricter_level_wins_over_other_places_that_a_looser_one_would_find()
    {
        const string text = "x  \n  x\n‘x’\nx\n";
        var (level, matches) = TextMatcher.FindLines(text, "x\n");
        Assert.Equal(MatchLevel.Exact, level);
        Assert.Equal(text.LastIndexOf('x'), Assert.Single(matches).Start);
    }

    [Theory]
    [InlineData("x = 1\ny\nx = 1\n", "x = 1", "matches 2 places in a (lines 1, 3). Add lines")]
    [InlineData("x = 1 \ny\nx = 1\t\n", "x = 1\n", "matches 2 places in a (lines 1, 3), none exactly")]
    [InlineData("  f()\n  g()\ny\n    f()\n    g()\n", "f()\ng()", "matches 2 places in a (lines 1, 4), none exactly")]
    [InlineData("‘x’\ny\n‛x’\n", "'x'", "matches 2 places in a (lines 1, 3), none exactly")]
    public void Every_level_refuses_two_places_and_names_them(string text, string wanted, string expected)
    {
        var outcome = EditScript.Apply("a", text, [new TextEdit(wanted, "new")]);
        Assert.Contains(expected, outcome.Error, StringComparison.Ordinal);
        Assert.Equal(text, outcome.Text);
    }

    [Fact]
    public void The_first_and_the_last_line_alone_are_never_enough()
    {
        const string text = "function a() {\n  one()\n}\n";
        var outcome = EditScript.Apply("a", text, [new TextEdit("function a() {\n  two()\n}", "x")]);
        Assert.Contains(
            "The closest text is:\n1\tfunction a() {\n2\t  one()\n3\t}",
            outcome.Error,
            StringComparison.Ordinal
        );
    }

    [Fact]
    public void Lines_that_are_indented_unevenly_count_against_others_but_are_never_meant()
    {
        Assert.Empty(TextMatcher.Find("  a\n      b\n", "a\n b\n").Matches);
        Assert.Equal(2, TextMatcher.Find("  a\n   b\nx\n  a\n      b\n", "a\n b\n").Matches.Count);
    }
}
