using System.Text;
using CsCheck;
using Sage.TestKit;
using Sage.Tools.Editing;
using Sage.Tools.Editing.Patching;
using Sage.Tools.Text;

namespace Sage.Tools.Tests.Editing;

/// <summary>
/// Random bytes, patches and edits: nothing throws and no byte gets lost.
/// </summary>
[Collection(nameof(Alone))]
public sealed class EditFuzz
{
    private static readonly Gen<string> Piece = Gen.OneOf(
        Pick.From(
            "*** Begin Patch\n",
            "*** End Patch\n",
            "*** Update File: a\n",
            "*** Add File: b\n",
            "*** Delete File: c\n",
            "*** Move to: d\n",
            "*** End of File\n",
            "@@\n",
            "@@ x\n",
            "@@ -1,2 +1 @@ x\n",
            "<<'EOF'\n",
            "EOF\n",
            "```\n",
            "\\ No newline at end of file\n",
            "\r",
            "\n"
        ),
        Gen.Select(
            Pick.From(" ", "-", "+", ""),
            Gen.String[Gen.Char["xy {“\"\t"], 0, 3],
            static (mark, text) => $"{mark}{text}\n"
        )
    );

    private static readonly Gen<string> Patch = Gen.OneOf(
        Piece.Array[0, 14].Select(static pieces => string.Concat(pieces)),
        Piece.Array[0, 10].Select(static pieces => "*** Begin Patch\n*** Update File: a\n" + string.Concat(pieces)),
        Gen.String[0, 60]
    );

    private static readonly Gen<string> Text = Gen.OneOf(
        Gen.String[Gen.Char["xy {“\"\t\n"], 0, 40],
        Gen.String[Gen.Char["xy \n\r"], 0, 40],
        Gen.String[0, 40]
    );

    private static readonly Gen<byte[]> Bytes = Gen.OneOf(
        Gen.Byte.Array[0, 80],
        Gen.Select(
            Pick.From<byte[]>([0xEF, 0xBB, 0xBF], [0xFF, 0xFE], [0xFE, 0xFF], [0xFF, 0xFE, 0, 0], [0, 0, 0xFE, 0xFF]),
            Gen.Byte.Array[0, 60],
            static (mark, rest) => (byte[])[.. mark, .. rest]
        ),
        Text.Select(Encoding.UTF8.GetBytes)
    );

    [Fact]
    public void Whatever_bytes_a_file_holds_they_come_back() =>
        Run(
            Bytes,
            static bytes =>
            {
                var file = TextFile.Decode(bytes);
                Assert.True(file.Codec.TryEncode(file.Text, out var again, out _));
                Assert.Equal(bytes, again);
                Assert.NotNull(ContentKind.Of(bytes));
            }
        );

    [Fact]
    public void Whatever_a_model_writes_as_a_patch_is_read_or_refused() =>
        Run(
            Gen.Select(Patch, Text),
            static (sample) =>
            {
                var (patch, text) = sample;
                if (!PatchParser.TryParse(patch, out var sections, out var error))
                {
                    Assert.NotEmpty(error);
                    return;
                }

                Assert.NotEmpty(sections);
                var plain = TextLines.WithLf(text);
                foreach (var update in sections.OfType<PatchSection.Update>())
                {
                    KeepsWhatIsNotMeant(plain, update, PatchScript.Apply("a", plain, update.Hunks));
                }
            }
        );

    [Fact]
    public void Whatever_a_model_wants_to_edit_is_edited_or_refused() =>
        Run(
            Gen.Select(Text, Gen.Select(Text, Text, Gen.Bool).Array[1, 3]),
            static sample =>
            {
                var plain = TextLines.WithLf(sample.Item1);
                var outcome = EditScript.Apply(
                    "a",
                    plain,
                    [.. sample.Item2.Select(static edit => new TextEdit(edit.Item1, edit.Item2, edit.Item3))]
                );
                Assert.True(outcome.Error is null ? outcome.Text != plain : outcome.Text == plain);
                var diff = LineDiff.Between(plain, outcome.Text);
                Assert.Equal(outcome.Text, TextLines.WithLf(LineEndingKeeper.Restore(sample.Item1, diff)));
            }
        );

    /// <summary>Every line that the patch does not remove is still there, in its order, and each line that is new is one it adds.</summary>
    private static void KeepsWhatIsNotMeant(string text, PatchSection.Update update, EditOutcome outcome)
    {
        if (outcome.Error is not null)
        {
            Assert.Equal(text, outcome.Text);
            return;
        }

        var removed = update.Hunks.Sum(static hunk => hunk.Old.Length);
        var added = update.Hunks.SelectMany(static hunk => hunk.New).Select(Bare).ToHashSet(StringComparer.Ordinal);
        // Whether the last line has an ending is the file's own affair.
        var diff = LineDiff.Between(Ended(text), Ended(outcome.Text));
        Assert.True(diff.Removed <= removed);
        foreach (var change in diff.Changes)
        {
            Assert.All(
                diff.NewLines.Skip(change.NewStart).Take(change.NewCount),
                line => Assert.Contains(Bare(line), added)
            );
        }
    }

    private static string Ended(string text) => text.Length == 0 || text.EndsWith('\n') ? text : text + "\n";

    private static string Bare(string line) => Typography.Plain(line).Trim();

    private static void Run<T>(Gen<T> samples, Action<T> check) =>
        samples.Sample(check, iter: Fuzz.Size(ordinary: 2_000));
}
