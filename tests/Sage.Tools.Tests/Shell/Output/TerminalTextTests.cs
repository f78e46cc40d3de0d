using CsCheck;
using Sage.Tools.Shell.Output;

namespace Sage.Tools.Tests.Shell.Output;

public sealed class TerminalTextTests
{
    [Theory]
    [InlineData("plain\n", "plain\n")]
    [InlineData("\e[1;31mred\e[0m\n", "red\n")]
    [InlineData("\e]0;title\arest", "rest")]
    [InlineData("\e]8;;https://x\e\\link\e]8;;\e\\", "link")]
    [InlineData("\e(Bplain", "plain")]
    [InlineData("\e=x", "x")]
    [InlineData("10%\r20%\r100%\ndone", "100%\ndone")]
    [InlineData("10%\r20%\r", "20%")]
    [InlineData("windows\r\nlines\r\n", "windows\nlines\n")]
    [InlineData("a\0b\bc\td", "abc\td")]
    [InlineData("\e[12\nbroken off", "broken off")]
    [InlineData("😀 ümlaut", "😀 ümlaut")]
    public void Only_what_stays_on_the_screen_remains(string written, string shown) =>
        Assert.Equal(shown, Show(written, int.MaxValue));

    [Fact]
    public void However_it_is_cut_the_result_is_the_same()
    {
        var pieces = Gen.OneOf(
            "a",
            "text",
            "\r",
            "\n",
            "\r\n",
            "\e[31m",
            "\e]0;t\a",
            "\e]x\e\\",
            "\e(B",
            "\e",
            "[",
            "\t"
        );
        Gen.Select(pieces.Array[0, 20], Gen.Int[1, 5])
            .Sample(
                (all, size) => Assert.Equal(Show(string.Concat(all), int.MaxValue), Show(string.Concat(all), size))
            );
    }

    [Fact]
    public void A_gigabyte_of_short_lines_is_a_matter_of_seconds()
    {
        var terminal = new TerminalText();
        var piece = string.Concat(Enumerable.Repeat("y\n", 16 * 1024));
        var watch = System.Diagnostics.Stopwatch.StartNew();
        for (var i = 0; i < 1024; i++)
        {
            Assert.Equal(piece.Length, terminal.Feed(piece).Length);
        }

        // 32 MB here, and a thirtieth of the time.
        Assert.True(watch.Elapsed < TimeSpan.FromSeconds(2), $"It took {watch.Elapsed}.");
    }

    [Fact]
    public void A_line_without_an_end_is_passed_on_in_pieces()
    {
        var terminal = new TerminalText();

        var passedOn = terminal.Feed(new string('x', 1_000_000));

        Assert.True(passedOn.Length > 900_000);
        Assert.Equal(1_000_000, passedOn.Length + terminal.Finish().Length);
    }

    private static string Show(string written, int size)
    {
        var terminal = new TerminalText();
        return string.Concat(
                written.Chunk(Math.Min(size, int.MaxValue)).Select(piece => terminal.Feed(new string(piece)))
            ) + terminal.Finish();
    }
}
