using CsCheck;
using Sage.Tools.Editing;

namespace Sage.Tools.Tests.Editing;

public sealed class LineDiffTests
{
    private static readonly Gen<string> Text = Gen.Select(
        Gen.Char["ab\n"].Array[0, 40].Select(letters => new string(letters)),
        Gen.Int[0, 60],
        (text, lines) =>
            string.Concat(Enumerable.Repeat("x\n", lines)) + text + string.Concat(Enumerable.Repeat("\ny", lines))
    );

    [Fact]
    public void The_changes_turn_one_text_into_the_other() =>
        Gen.Select(Text, Text)
            .Sample(
                (old, now) =>
                {
                    var diff = LineDiff.Between(old, now);
                    var lines = LineView.Split(old).ToList();
                    foreach (var change in diff.Changes.Reverse())
                    {
                        lines.RemoveRange(change.OldStart, change.OldCount);
                        lines.InsertRange(change.OldStart, diff.NewLines.Slice(change.NewStart, change.NewCount));
                    }

                    Assert.Equal(now, string.Concat(lines));
                    Assert.True(old != now || diff.Changes.IsEmpty);
                }
            );

    [Fact]
    public void Every_line_is_found_wherever_it_lies() =>
        Gen.Select(Text, Text)
            .Sample(
                (old, now) =>
                {
                    var diff = LineDiff.Between(old, now);
                    Assert.Equal(LineView.Split(old), diff.OldLines);
                    Assert.Equal(LineView.Split(now), diff.NewLines);
                    Assert.Equal(LineView.Split(now).Length, diff.NewLines.Count);
                }
            );
}
