using Sage.Agent.ToolCalls;
using Sage.Tools.Editing;

namespace Sage.Tools.Tests.Editing;

public sealed class SeenTextTests
{
    private readonly ReadTracker _reads = new();

    [Theory]
    [InlineData("1\n2\n3\n4\n", "1\nx\ny\n4\n", " The file had changed since you read it: lines 2-3 changed.")]
    [InlineData("1\n2\n3\n4\n", "1\n4\n", " The file had changed since you read it: 2 lines gone after line 1.")]
    [InlineData(
        "1\n2\n3\n",
        "0\n1\n2\n3\n4\n5\n",
        " The file had changed since you read it: line 1 new, lines 5-6 new."
    )]
    [InlineData("1\n2\n", "1\r\n2\r\n", " The file had changed since you read it: only line endings.")]
    [InlineData("1\n2\n", "1\n2\n", "")]
    public void The_model_is_told_which_lines_changed(string seen, string now, string expected)
    {
        SeenText.Record(_reads, "/a", seen);
        Assert.Equal(expected, SeenText.StaleNote(_reads, "/a", now, file: null));
    }

    [Fact]
    public void Of_many_changes_the_first_are_named()
    {
        SeenText.Record(_reads, "/a", string.Concat(Enumerable.Range(0, 40).Select(static i => $"{i}\n")));
        var now = string.Concat(Enumerable.Range(0, 40).Select(static i => i % 2 == 0 ? "x\n" : $"{i}\n"));
        Assert.EndsWith(
            ", line 15 changed, ….",
            SeenText.StaleNote(_reads, "/a", now, file: null),
            StringComparison.Ordinal
        );
    }

    [Fact]
    public void Of_a_text_with_very_many_lines_only_the_change_is_told()
    {
        SeenText.Record(_reads, "/a", new string('\n', 30_000));
        Assert.Equal(
            " The file had changed since you read it.",
            SeenText.StaleNote(_reads, "/a", new string('\n', 30_001), file: null)
        );
    }

    [Fact]
    public void A_file_that_was_never_read_is_not_stale() =>
        Assert.Equal("", SeenText.StaleNote(_reads, "/a", "1\n", file: null));
}
