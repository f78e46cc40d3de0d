using Microsoft.Extensions.Time.Testing;
using Sage.Tools.Shell.Output;

namespace Sage.Tools.Tests.Shell.Output;

public sealed class LiveOutputTests
{
    private readonly FakeTimeProvider _time = new();
    private readonly List<string> _pieces = [];

    [Fact]
    public async Task The_first_piece_comes_at_once_and_the_next_ones_together()
    {
        await using var live = new LiveOutput(Take, _time);

        await live.AddAsync("a");
        await live.AddAsync("b");
        await live.AddAsync("c");
        Assert.Equal(["a"], _pieces);

        _time.Advance(LiveOutput.Interval);
        Assert.Equal(["a", "bc"], _pieces);
    }

    [Fact]
    public async Task A_second_of_chatter_makes_about_thirty_pieces_and_loses_nothing()
    {
        var live = new LiveOutput(Take, _time);
        for (var i = 0; i < 1_000; i++)
        {
            await live.AddAsync("x");
            _time.Advance(TimeSpan.FromMilliseconds(1));
        }

        await live.DisposeAsync();

        Assert.InRange(_pieces.Count, 25, 32);
        Assert.Equal(1_000, string.Concat(_pieces).Length);
    }

    [Fact]
    public async Task The_rest_comes_at_the_end()
    {
        var live = new LiveOutput(Take, _time);
        await live.AddAsync("a");
        await live.AddAsync("b");

        await live.DisposeAsync();

        Assert.Equal(["a", "b"], _pieces);
    }

    [Fact]
    public async Task A_flood_is_cut_and_the_gap_is_said()
    {
        var live = new LiveOutput(Take, _time);
        await live.AddAsync("start");
        await live.AddAsync(new string('x', 10 * LiveOutput.LargestPiece));
        await live.AddAsync("end");

        await live.DisposeAsync();

        Assert.Equal(2, _pieces.Count);
        Assert.StartsWith("\n[294,915 characters not shown live]\n", _pieces[1], StringComparison.Ordinal);
        Assert.EndsWith("xend", _pieces[1], StringComparison.Ordinal);
    }

    private ValueTask Take(string piece)
    {
        _pieces.Add(piece);
        return ValueTask.CompletedTask;
    }
}
