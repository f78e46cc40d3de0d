using System.Globalization;
using CsCheck;
using Sage.Agent.Extensions;
using Sage.TestKit;
using Sage.TestKit.Fakes;
using Sage.Tools.Shell.Output;

namespace Sage.Tools.Tests.Shell.Output;

public sealed class CommandOutputTests : IDisposable
{
    private readonly TempFolder _temp = new();

    public void Dispose() => _temp.Dispose();

    [Fact]
    public void What_fits_is_kept_whole_and_nothing_is_spilled()
    {
        var text = Finish(300, [new string('a', 150), new string('b', 150)]);

        Assert.Equal(new string('a', 150) + new string('b', 150), text);
        Assert.Empty(Directory.GetFileSystemEntries(_temp.Root));
    }

    [Fact]
    public void What_does_not_fit_keeps_head_and_tail_and_says_where_all_of_it_is()
    {
        var lines = Lines(10_000);

        var text = Finish(3_000, lines);

        Assert.StartsWith("line 0\nline 1\n", text, StringComparison.Ordinal);
        Assert.EndsWith("\nline 9998\nline 9999\n", text, StringComparison.Ordinal);
        Assert.Contains(_temp[Path.Combine("session", "call.txt")], text, StringComparison.Ordinal);
        Assert.InRange(text.Length, 2_500, 3_300);
        Assert.Equal(string.Concat(lines), _temp.Read(Path.Combine("session", "call.txt")));
    }

    [Fact]
    public void What_is_left_out_is_counted()
    {
        var lines = Lines(10_000);

        var text = Finish(3_000, lines);

        var middle = text.IndexOf("\n\n… ", StringComparison.Ordinal);
        var end = text.IndexOf(" …\n\n", StringComparison.Ordinal) + 4;
        var left = int.Parse(
            text[(middle + 4)..].Split(' ')[0],
            NumberStyles.AllowThousands,
            CultureInfo.InvariantCulture
        );
        Assert.Equal(string.Concat(lines).Length, middle + left + text.Length - end);
    }

    [Fact]
    public void Whatever_the_pieces_the_spill_file_holds_everything()
    {
        var number = 0;
        Gen.String[Gen.Char.AlphaNumeric, 0, 50]
            .Array[0, 30]
            .Sample(pieces =>
            {
                var call = $"call{Interlocked.Increment(ref number)}";
                var text = Finish(100, pieces, call);
                var all = string.Concat(pieces);
                Assert.Equal(all, all.Length <= 100 ? text : _temp.Read(Path.Combine("session", $"{call}.txt")));
            });
    }

    [Fact]
    public void Characters_are_not_cut_in_half()
    {
        var text = Finish(100, [.. Enumerable.Repeat("😀", 200), "\ud83d", "\ude00"]);

        Assert.All(text.EnumerateRunes(), rune => Assert.NotEqual(0xFFFD, rune.Value));
        Assert.Equal(string.Concat(Enumerable.Repeat("😀", 201)), _temp.Read(Path.Combine("session", "call.txt")));
    }

    [Fact]
    public void The_spill_file_is_capped_and_that_is_said()
    {
        var megabyte = string.Concat(Enumerable.Repeat(new string('x', 1023) + "\n", 1024));

        var text = Finish(1_000, [.. Enumerable.Repeat(megabyte, 65)]);

        Assert.Contains("the first 64 MB", text, StringComparison.Ordinal);
        Assert.Equal(SpillFile.Cap, new FileInfo(_temp[Path.Combine("session", "call.txt")]).Length);
    }

    [Fact]
    public void A_spill_file_that_cannot_be_made_costs_only_the_copy()
    {
        var files = new FakeSpillFiles(_temp.Write("a-file", ""));
        using var output = new CommandOutput(100, () => SpillFile.Open(files, "session", "call"));

        output.Add(new string('x', 500));

        Assert.Contains("could not be saved", output.Take(), StringComparison.Ordinal);
    }

    [Fact]
    public void A_disk_that_fills_up_costs_only_the_copy()
    {
        using var output = new CommandOutput(100_000, () => SpillFile.Open(new FullDisk(), "session", "call"));
        for (var i = 0; i < 1_000; i++)
        {
            output.Add(new string('x', 1_023) + "\n");
        }

        var text = output.Take();

        Assert.Contains("the whole output could not be saved: No space left on device", text, StringComparison.Ordinal);
        Assert.InRange(text.Length, 90_000, 101_000);
    }

    [Fact]
    public void What_was_taken_is_not_given_again_and_the_file_holds_all_of_it()
    {
        using var output = Output(100, "call");
        output.Add("one\n");
        output.SpillAll();

        Assert.Equal("one\n", output.Take());
        Assert.False(output.HasNews);
        output.Add("two\nthr");
        Assert.True(output.HasNews);
        Assert.Equal("two\nthr", output.Take());
        output.Add("ee\n");
        Assert.Equal("ee\n", output.Take());
        Assert.Equal("", output.Take());
        Assert.Equal("one\ntwo\nthree\n", _temp.Read(Path.Combine("session", "call.txt")));
    }

    [Fact]
    public void Each_piece_has_its_own_budget()
    {
        using var output = Output(1_000, "call");

        foreach (var line in Lines(1_000))
        {
            output.Add(line);
        }
        var first = output.Take();
        output.Add("more\n");

        Assert.InRange(first.Length, 800, 1_200);
        Assert.Contains("characters left out", first, StringComparison.Ordinal);
        Assert.Equal("more\n", output.Take());
    }

    [Fact]
    public void The_end_of_a_line_that_was_never_finished_is_not_lost()
    {
        var output = Output(100, "call");
        output.Add("Password: ");

        output.Dispose();

        Assert.Equal("Password: ", output.Take());
    }

    private CommandOutput Output(int budget, string call) =>
        new(budget, () => SpillFile.Open(new FakeSpillFiles(_temp.Root), "session", call));

    private string Finish(int budget, string[] pieces, string call = "call")
    {
        using var output = Output(budget, call);
        foreach (var piece in pieces)
        {
            output.Add(piece);
        }

        return output.Take();
    }

    private static string[] Lines(int count) => [.. Enumerable.Range(0, count).Select(i => $"line {i}\n")];

    /// <summary>A device that takes nothing.</summary>
    private sealed class FullDisk : ISpillFiles
    {
        public string Root => "/dev";

        public Stream Create(string sessionId, string callId, out string fullPath) =>
            new FileStream(fullPath = "/dev/full", FileMode.Open, FileAccess.Write);
    }
}
