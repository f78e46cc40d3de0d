using Microsoft.Extensions.Time.Testing;
using Sage.Extensibility.Mcp.Overview;

namespace Sage.Extensibility.Tests.Mcp;

/// <summary>What is kept of what servers say, however they say it.</summary>
public sealed class ServerLogTests
{
    private readonly FakeTimeProvider _time = new();
    private int _told;

    [Fact]
    public void Pieces_become_lines_and_each_piece_with_a_line_in_it_is_told_once()
    {
        var log = new ServerLog(_time, () => _told++);

        log.Said("one\ntw");
        log.Said("o");
        log.Said("\nthree\n");

        Assert.Equal(["one", "two", "three"], Texts(log));
        Assert.Equal(2, _told);
    }

    [Fact]
    public void A_notice_ends_a_line_that_was_begun()
    {
        var log = new ServerLog(_time, () => _told++);

        log.Said("half");
        log.Note("It has ended.");

        Assert.Equal(
            [("half", false), ("It has ended.", true)],
            log.Read(0).Select(line => (line.Text, line.IsNotice))
        );
    }

    [Fact]
    public void Colours_and_what_cannot_be_seen_are_left_out_and_a_bar_is_what_it_was_at_last()
    {
        var log = new ServerLog(_time, () => _told++);

        log.Said("\u001b[31mred\u001b[0m \u202etext\u0007\tend\r\n10 %\r20 %\r\n\u001b]0;title\u0007x\n");

        Assert.Equal(["red text\tend", "20 %", "x"], Texts(log));
    }

    [Fact]
    public void Only_the_newest_lines_are_kept_and_their_numbers_say_what_is_missing()
    {
        var log = new ServerLog(_time, () => _told++);

        for (var number = 1; number <= 1_500; number++)
        {
            log.Said($"line {number}\n");
        }

        var lines = log.Read(0);
        Assert.Equal((1_000, 501L, "line 1500"), (lines.Count, lines[0].Number, lines[^1].Text));
        Assert.Equal(["line 1500"], log.Read(1_499).Select(line => line.Text));
    }

    [Fact]
    public void Who_never_ends_a_line_fills_no_memory()
    {
        var log = new ServerLog(_time, () => _told++);

        for (var count = 0; count < 1_000; count++)
        {
            log.Said(new string('x', 10_000));
        }

        Assert.InRange(log.Read(0).Sum(line => line.Text.Length), 1, 256 * 1024);
    }

    private static IEnumerable<string> Texts(ServerLog log) => log.Read(0).Select(line => line.Text);
}
