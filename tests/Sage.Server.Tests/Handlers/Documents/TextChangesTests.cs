using System.Collections.Immutable;
using CsCheck;
using Sage.Protocol.LanguageServer;
using Sage.Server.Handlers.Documents;

namespace Sage.Server.Tests.Handlers.Documents;

public sealed class TextChangesTests
{
    // Every kind of line ending, a surrogate pair, and few enough letters for edits to meet each other.
    private static readonly string[] Pieces = ["a", "b", "\n", "\r", "\r\n", "😀", "é"];

    private static readonly Gen<string> Texts = Gen.Int[0, Pieces.Length - 1]
        .Select(i => Pieces[i])
        .Array[0, 14]
        .Select(string.Concat);

    private static readonly Gen<Position> Positions = Gen.Select(
        Gen.Int[0, 6],
        Gen.Int[0, 8],
        (l, c) => new Position(l, c)
    );

    private static readonly Gen<TextDocumentContentChange> Changes = Gen.Select(
        Texts,
        Positions,
        Positions,
        (text, a, b) => new TextDocumentContentChange(text, IsBefore(a, b) ? new TextRange(a, b) : new TextRange(b, a))
    );

    [Fact]
    public void Many_changes_at_once_give_what_they_give_one_by_one() =>
        Gen.Select(Texts, Changes.Array[0, 5])
            .Sample(
                (text, changes) => Assert.Equal(OneByOne(text, changes), TextChanges.Apply(text, [.. changes])),
                iter: 20_000
            );

    [Fact]
    public void Changes_sent_from_the_bottom_up_give_what_they_give_one_by_one() =>
        Gen.Select(Texts, Changes.Array[2, 5])
            .Sample(
                (text, changes) =>
                {
                    var upwards = changes
                        .OrderByDescending(c => c.Range!.Start.Line)
                        .ThenByDescending(c => c.Range!.Start.Character)
                        .ToArray();
                    Assert.Equal(OneByOne(text, upwards), TextChanges.Apply(text, [.. upwards]));
                },
                iter: 20_000
            );

    [Fact]
    public void The_smallest_change_turns_one_text_into_the_other() =>
        Gen.Select(Texts, Texts)
            .Sample(
                (before, after) =>
                {
                    var edit = TextChanges.Smallest(before, after);
                    var changed = TextChanges.Apply(before, [new TextDocumentContentChange(edit.NewText, edit.Range)]);
                    Assert.Equal(after, changed);
                },
                iter: 20_000
            );

    [Fact]
    public void The_smallest_change_leaves_the_rest_of_the_file_alone()
    {
        var edit = TextChanges.Smallest("one\r\ntwo\r\nthree\r\n", "one\r\n2\r\nthree\r\n");

        Assert.Equal(new TextRange(new Position(1, 0), new Position(1, 3)), edit.Range);
        Assert.Equal("2", edit.NewText);
    }

    [Fact]
    public void The_smallest_change_never_cuts_a_character_or_a_line_ending_in_two()
    {
        var emoji = TextChanges.Smallest("x😀y", "x😁y");
        var ending = TextChanges.Smallest("a\r\nb", "a\rb");

        Assert.Equal(new TextRange(new Position(0, 1), new Position(0, 3)), emoji.Range);
        Assert.Equal("😁", emoji.NewText);
        Assert.Equal(0, ending.Range.Start.Line);
        Assert.Equal(1, ending.Range.Start.Character);
    }

    [Fact]
    public void A_position_beyond_the_line_means_its_end() =>
        Assert.Equal("abX\ncd", TextChanges.Apply("ab\ncd", [Insert(0, 99, "X")]));

    [Fact]
    public void A_change_without_a_range_replaces_everything() =>
        Assert.Equal("new", TextChanges.Apply("old", [new TextDocumentContentChange("new")]));

    private static string OneByOne(string text, TextDocumentContentChange[] changes) =>
        changes.Aggregate(text, (current, change) => TextChanges.Apply(current, ImmutableArray.Create(change)));

    private static TextDocumentContentChange Insert(int line, int character, string text) =>
        new(text, new TextRange(new Position(line, character), new Position(line, character)));

    private static bool IsBefore(Position a, Position b) =>
        a.Line < b.Line || a.Line == b.Line && a.Character <= b.Character;
}
