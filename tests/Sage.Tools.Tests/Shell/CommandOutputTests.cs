using System.Globalization;
using CsCheck;
using Sage.TestKit;
using Sage.TestKit.Fakes;
using Sage.Tools.Shell;

namespace Sage.Tools.Tests.Shell;

public sealed class CommandOutputTests : IDisposable
{
    private readonly TempFolder _temp = new();

    public void Dispose() => _temp.Dispose();

    [Fact]
    public async Task What_fits_is_kept_whole_and_nothing_is_spilled()
    {
        var text = await FinishAsync(300, [new string('a', 150), new string('b', 150)]);

        Assert.Equal(new string('a', 150) + new string('b', 150), text);
        Assert.Empty(Directory.GetFileSystemEntries(_temp.Root));
    }

    [Fact]
    public async Task What_does_not_fit_keeps_head_and_tail_and_says_where_all_of_it_is()
    {
        var lines = Lines(10_000);

        var text = await FinishAsync(3_000, lines);

        Assert.StartsWith("line 0\nline 1\n", text, StringComparison.Ordinal);
        Assert.EndsWith("\nline 9998\nline 9999\n", text, StringComparison.Ordinal);
        Assert.Contains(_temp[Path.Combine("session", "call.txt")], text, StringComparison.Ordinal);
        Assert.InRange(text.Length, 2_500, 3_300);
        Assert.Equal(string.Concat(lines), _temp.Read(Path.Combine("session", "call.txt")));
    }

    [Fact]
    public async Task What_is_left_out_is_counted()
    {
        var lines = Lines(10_000);

        var text = await FinishAsync(3_000, lines);

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
    public async Task Whatever_the_pieces_the_spill_file_holds_everything()
    {
        var number = 0;
        await Gen.String[Gen.Char.AlphaNumeric, 0, 50]
            .Array[0, 30]
            .SampleAsync(async pieces =>
            {
                var call = $"call{Interlocked.Increment(ref number)}";
                var text = await FinishAsync(100, pieces, call);
                var all = string.Concat(pieces);
                Assert.Equal(all, all.Length <= 100 ? text : _temp.Read(Path.Combine("session", $"{call}.txt")));
            });
    }

    [Fact]
    public async Task Characters_are_not_cut_in_half()
    {
        var text = await FinishAsync(100, [.. Enumerable.Repeat("😀", 200), "\ud83d", "\ude00"]);

        Assert.All(text.EnumerateRunes(), rune => Assert.NotEqual(0xFFFD, rune.Value));
        Assert.Equal(string.Concat(Enumerable.Repeat("😀", 201)), _temp.Read(Path.Combine("session", "call.txt")));
    }

    [Fact]
    public async Task The_spill_file_is_capped_and_that_is_said()
    {
        var megabyte = string.Concat(Enumerable.Repeat(new string('x', 1023) + "\n", 1024));

        var text = await FinishAsync(1_000, [.. Enumerable.Repeat(megabyte, 65)]);

        Assert.Contains("the first 64 MB", text, StringComparison.Ordinal);
        Assert.Equal(SpillFile.Cap, new FileInfo(_temp[Path.Combine("session", "call.txt")]).Length);
    }

    [Fact]
    public async Task A_spill_file_that_cannot_be_made_costs_only_the_copy()
    {
        var files = new FakeSpillFiles(_temp.Write("a-file", ""));
        await using var output = new CommandOutput(100, () => SpillFile.Open(files, "session", "call"));

        await output.AddAsync(new string('x', 500));

        Assert.Contains("could not be saved", await output.FinishAsync(), StringComparison.Ordinal);
    }

    private async Task<string> FinishAsync(int budget, string[] pieces, string call = "call")
    {
        await using var output = new CommandOutput(
            budget,
            () => SpillFile.Open(new FakeSpillFiles(_temp.Root), "session", call)
        );
        foreach (var piece in pieces)
        {
            await output.AddAsync(piece);
        }

        return await output.FinishAsync();
    }

    private static string[] Lines(int count) => [.. Enumerable.Range(0, count).Select(i => $"line {i}\n")];
}
