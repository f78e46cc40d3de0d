using Sage.Agent.CommitMessages;

namespace Sage.Agent.Tests.CommitMessages;

public sealed class DiffExcerptTests
{
    [Fact]
    public void A_short_diff_stays_as_it_is()
    {
        var diff = FileDiff("a.ts", 3) + FileDiff("b.ts", 3);

        Assert.Equal(diff, DiffExcerpt.Of(diff, 10_000));
    }

    [Fact]
    public void A_long_file_keeps_its_beginning_and_its_end_and_leaves_the_short_ones_whole()
    {
        var small = FileDiff("a.ts", 3);
        var diff = FileDiff("package-lock.json", 5_000) + small;

        var shown = DiffExcerpt.Of(diff, 4_000);

        Assert.StartsWith("diff --git a/package-lock.json", shown, StringComparison.Ordinal);
        Assert.Contains("characters left out]\n", shown, StringComparison.Ordinal);
        Assert.Contains("+line 4999 of package-lock.json\n", shown, StringComparison.Ordinal);
        Assert.EndsWith(small, shown, StringComparison.Ordinal);
        Assert.InRange(shown.Length, 3_000, 4_200);
    }

    [Fact]
    public void Of_very_many_files_the_rest_is_counted()
    {
        var diff = string.Concat(Enumerable.Range(0, 500).Select(i => FileDiff($"f{i}.ts", 100)));

        var shown = DiffExcerpt.Of(diff, 6_000);

        Assert.Matches(@"\[\d+ more changed files\]\n$", shown);
        Assert.InRange(shown.Length, 5_000, 7_000);
    }

    [Fact]
    public void What_is_no_diff_is_cut_without_splitting_a_character()
    {
        var shown = DiffExcerpt.Of(string.Concat(Enumerable.Repeat("😀", 4_000)), 1_001);

        Assert.DoesNotContain('\uFFFD', System.Text.Encoding.UTF8.GetString(System.Text.Encoding.UTF8.GetBytes(shown)));
    }

    private static string FileDiff(string name, int lines) =>
        $"diff --git a/{name} b/{name}\n--- a/{name}\n+++ b/{name}\n@@ -0,0 +1,{lines} @@\n"
        + string.Concat(Enumerable.Range(0, lines).Select(i => $"+line {i} of {name}\n"));
}
