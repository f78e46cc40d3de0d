using System.Text;
using CsCheck;
using Sage.Tools.Editing;
using Sage.Tools.Text;

namespace Sage.Tools.Tests.Editing;

public sealed class EditProperties
{
    private static readonly Gen<string> Line = Gen.String[Gen.Char["ab {};ü\t"], 0, 8];

    /// <summary>LF next to CR is left out: an empty line between them cannot keep its byte.</summary>
    private static readonly Gen<string> SaneText = Gen.OneOf(TextOf("\n", "\r\n"), TextOf("\r", "\r\n"));

    private static readonly Gen<string> AnyText = TextOf("\n", "\r\n", "\r");

    private static Gen<string> TextOf(params string[] endings) =>
        Gen.Select(
            Gen.Select(Line, Pick.From(endings), static (line, ending) => line + ending).Array[0, 12],
            Line,
            static (lines, last) => string.Concat(lines) + last
        );

    /// <summary>The text, and a piece of it (with LF, as a model writes) to be replaced by something else.</summary>
    private static Gen<(string Text, string Old, string New)> EditOf(Gen<string> texts) =>
        Gen.Select(
            texts,
            Gen.Int[0, 60],
            Gen.Int[1, 30],
            Gen.String[Gen.Char["xyz\n "], 0, 12],
            static (text, start, length, replacement) =>
            {
                var plain = TextLines.WithLf(text);
                start = Math.Min(start, plain.Length);
                return (text, plain.Substring(start, Math.Min(length, plain.Length - start)), replacement);
            }
        );

    [Fact]
    public void Lines_outside_the_hunks_keep_every_byte() =>
        EditOf(SaneText)
            .Sample(edit =>
            {
                var plain = TextLines.WithLf(edit.Text);
                var outcome = EditScript.Apply("a", plain, [new TextEdit(edit.Old, edit.New)]);
                if (outcome.Error is not null)
                {
                    return;
                }

                var diff = LineDiff.Between(plain, outcome.Text);
                var result = LineEndingKeeper.Restore(edit.Text, diff);
                var (before, after) = (TextLines.Split(edit.Text), TextLines.Split(result));
                var (old, now) = (0, 0);
                foreach (var change in diff.Changes)
                {
                    Assert.Equal(before[old..change.OldStart], after[now..change.NewStart]);
                    (old, now) = (change.OldStart + change.OldCount, change.NewStart + change.NewCount);
                }

                Assert.Equal(before[old..], after[now..]);
            });

    [Fact]
    public void Giving_line_endings_back_never_changes_a_line() =>
        Gen.Select(AnyText, AnyText)
            .Sample(
                (before, after) =>
                {
                    var wanted = TextLines.WithLf(after);
                    var diff = LineDiff.Between(TextLines.WithLf(before), wanted);
                    Assert.Equal(wanted, TextLines.WithLf(LineEndingKeeper.Restore(before, diff)));
                }
            );

    [Fact]
    public void A_text_that_is_there_more_than_once_is_never_replaced_unless_all_are_meant() =>
        Gen.Select(AnyText, Gen.String[Gen.Char["ab\n {"], 1, 6], AnyText, AnyText)
            .Sample(
                (before, piece, between, after) =>
                {
                    var plain = TextLines.WithLf(before + piece + between + piece + after);
                    var outcome = EditScript.Apply("a", plain, [new TextEdit(piece, "xyz")]);
                    Assert.NotNull(outcome.Error);
                    Assert.Equal(plain, outcome.Text);
                }
            );

    [Fact]
    public void A_text_that_is_there_once_is_replaced_exactly_there() =>
        EditOf(AnyText)
            .Where(static edit => Occurrences(TextLines.WithLf(edit.Text), edit.Old) == 1 && edit.Old != edit.New)
            .Sample(edit =>
            {
                var plain = TextLines.WithLf(edit.Text);
                var at = plain.IndexOf(edit.Old, StringComparison.Ordinal);
                var outcome = EditScript.Apply("a", plain, [new TextEdit(edit.Old, edit.New)]);
                Assert.Equal(plain[..at] + edit.New + plain[(at + edit.Old.Length)..], outcome.Text);
            });

    /// <summary>Whatever the level, when two places come out the same under its blurring, neither is chosen.</summary>
    [Fact]
    public void A_block_that_stands_twice_with_other_whitespace_is_never_chosen_from() =>
        Gen.Select(
                Gen.String[Gen.Char["abc();"], 2, 8].Array[1, 4],
                Pick.From("", "  ", "\t", "    "),
                Pick.From("", " ", "\t"),
                Pick.From("", "  ", "\t", "    "),
                Pick.From("", " ", "\t")
            )
            .Sample(
                (block, indent1, trail1, indent2, trail2) =>
                {
                    var one = string.Concat(block.Select(line => indent1 + line + trail1 + "\n"));
                    var two = string.Concat(block.Select(line => indent2 + line + trail2 + "\n"));
                    var wanted = string.Concat(block.Select(static line => "      " + line + "  \n"));
                    var text = one + "----\n" + two;
                    var outcome = EditScript.Apply("a", text, [new TextEdit(wanted, "replaced\n")]);
                    Assert.NotNull(outcome.Error);
                }
            );

    [Fact]
    public void Hunks_turn_the_old_text_into_the_new() =>
        Gen.Select(AnyText, AnyText)
            .Sample(
                (first, second) =>
                {
                    var (before, after) = (TextLines.WithLf(first), TextLines.WithLf(second));
                    var diff = LineDiff.Between(before, after);
                    var rebuilt = new StringBuilder();
                    var old = 0;
                    foreach (var change in diff.Changes)
                    {
                        rebuilt.AppendJoin("", diff.OldLines.Skip(old).Take(change.OldStart - old));
                        rebuilt.AppendJoin("", diff.NewLines.Skip(change.NewStart).Take(change.NewCount));
                        old = change.OldStart + change.OldCount;
                    }

                    rebuilt.AppendJoin("", diff.OldLines.Skip(old));
                    Assert.Equal(after, rebuilt.ToString());
                    foreach (var hunk in diff.ToHunks())
                    {
                        Assert.Equal(hunk.OldLines, hunk.Lines.Count(static line => line[0] != '+'));
                        Assert.Equal(hunk.NewLines, hunk.Lines.Count(static line => line[0] != '-'));
                    }
                }
            );

    private static int Occurrences(string text, string piece)
    {
        var count = 0;
        for (
            var at = piece.Length == 0 ? -1 : text.IndexOf(piece, StringComparison.Ordinal);
            at >= 0;
            at = text.IndexOf(piece, at + 1, StringComparison.Ordinal)
        )
        {
            count++;
        }

        return count;
    }
}
