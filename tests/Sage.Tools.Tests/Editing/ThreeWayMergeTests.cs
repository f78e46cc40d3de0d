using CsCheck;
using Sage.Tools.Editing;

namespace Sage.Tools.Tests.Editing;

public sealed class ThreeWayMergeTests
{
    [Theory]
    // What only one side did is taken over.
    [InlineData("a\nb\nc\n", "A\nb\nc\n", "a\nb\nC\n", "A\nb\nC\n", 0)]
    [InlineData("a\nb\nc\n", "A\nb\nc\n", "a\nB\nc\n", "A\nB\nc\n", 0)]
    [InlineData("a\nb\n", "a\nb\n", "x\na\nb\ny\n", "x\na\nb\ny\n", 0)]
    [InlineData("a\nb\nc\n", "a\nc\n", "a\nb\nc\nd\n", "a\nc\nd\n", 0)]
    [InlineData("a\n", "a", "x\na\n", "x\na", 0)]
    [InlineData("", "", "new\n", "new\n", 0)]
    // What both did is done once.
    [InlineData("a\nb\nc\n", "a\nX\nc\n", "a\nX\nc\n", "a\nX\nc\n", 0)]
    [InlineData("a\n", "a\nnew\n", "a\nnew\n", "a\nnew\n", 0)]
    // Where both did different things the left side stands.
    [InlineData("a\nb\nc\n", "a\nL\nc\n", "a\nR\nc\n", "a\nL\nc\n", 1)]
    [InlineData("a\nb\nc\nd\ne\n", "a\nL\nL\nd\ne\n", "a\nb\nR\nR\ne\n", "a\nL\nL\nd\ne\n", 1)]
    [InlineData("a\n", "a\nL\n", "a\nR\n", "a\nL\n", 1)]
    [InlineData("a\nb\nc\nd\n", "L\nb\nc\nL\n", "R\nb\nc\nd\nR\n", "L\nb\nc\nL\nR\n", 1)]
    public void Two_sides_are_put_together(string ancestor, string left, string right, string merged, int conflicts) =>
        Assert.Equal((merged, conflicts), ThreeWayMerge.Merge(ancestor, left, right));

    private static readonly Gen<string> Text = Gen.Char["abcd"]
        .Select(letter => $"{letter}\n")
        .Array[0, 12]
        .Select(string.Concat);

    [Fact]
    public void One_side_alone_is_taken_as_it_is() =>
        Gen.Select(Text, Text)
            .Sample(
                (ancestor, changed) =>
                    ThreeWayMerge.Merge(ancestor, ancestor, changed) == (changed, 0)
                    && ThreeWayMerge.Merge(ancestor, changed, ancestor) == (changed, 0)
                    && ThreeWayMerge.Merge(ancestor, changed, changed) == (changed, 0)
            );

    [Fact]
    public void Which_side_is_left_only_matters_where_they_disagree() =>
        Gen.Select(Text, Text, Text)
            .Sample(
                (ancestor, left, right) =>
                {
                    var (one, conflicts) = ThreeWayMerge.Merge(ancestor, left, right);
                    var (other, same) = ThreeWayMerge.Merge(ancestor, right, left);
                    Assert.Equal(conflicts, same);
                    Assert.True(conflicts > 0 || one == other);
                }
            );
}
