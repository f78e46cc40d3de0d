using CsCheck;
using Sage.Agent.Extensions;

namespace Sage.Tools.Tests.Checkpoints;

/// <summary>Whatever Sage and the user do in turns: nothing of the user's is lost, and what Sage did can be taken back.</summary>
public sealed class ReviewPropertyTests
{
    private enum Who
    {
        Agent,
        User,
        Keep,
        UndoOne,
        KeepOne,
    }

    private sealed record Move(Who Who, int At, int Removed, int Added, string Turn);

    private static readonly Gen<Move[]> Moves = Gen.Select(
        Gen.Frequency((4, Gen.Const(Who.Agent)), (3, Gen.Const(Who.User)), (1, Gen.Enum<Who>())),
        Gen.Int[0, 30],
        Gen.Int[0, 3],
        Gen.Int[0, 3],
        Gen.Int[1, 3].Select(turn => $"t{turn}"),
        (who, at, removed, added, turn) => new Move(who, at, removed, added, turn)
    ).Array[1, 8];

    private static readonly Gen<string[]> Start = Gen.Int[0, 20]
        .Select(count => Enumerable.Range(0, count).Select(line => $"line {line}").ToArray());

    private static readonly Gen<string> Ending = Gen.Bool.Select(windows => windows ? "\r\n" : "\n");

    [Fact]
    public async Task Undoing_everything_keeps_every_line_the_user_wrote() =>
        await Gen.Select(Start, Moves, Ending)
            .SampleAsync(
                async (start, moves, ending) =>
                {
                    using var bench = new CheckpointBench();
                    var mine = await PlayAsync(bench, start, moves, ending);
                    if (!bench.History.Steps.IsEmpty)
                    {
                        await bench.UndoAsync(bench.Everything);
                    }

                    var text = bench.Text ?? "";
                    Assert.All(mine(), line => Assert.Contains(line, text, StringComparison.Ordinal));
                },
                iter: 150
            );

    [Fact]
    public async Task Without_the_user_undoing_everything_gives_the_first_bytes_back_and_redo_the_last() =>
        await Gen.Select(Start, Moves, Ending)
            .SampleAsync(
                async (start, moves, ending) =>
                {
                    using var bench = new CheckpointBench();
                    var alone = moves.Where(move => move.Who != Who.User).ToArray();
                    await PlayAsync(bench, start, alone, ending);
                    if (bench.History.Steps.IsEmpty)
                    {
                        return;
                    }

                    var last = bench.Bytes;
                    var done = await bench.UndoAsync(bench.Everything);
                    Assert.Equal(Join(start, ending), bench.Text);
                    if (done.Restored is not null)
                    {
                        await bench.UndoAsync(bench.LastStep);
                        Assert.Equal(last, bench.Bytes);
                    }
                },
                iter: 150
            );

    [Fact]
    public async Task What_is_pending_is_what_undoing_takes_back() =>
        await Gen.Select(Start, Moves, Ending)
            .SampleAsync(
                async (start, moves, ending) =>
                {
                    using var bench = new CheckpointBench();
                    await PlayAsync(bench, start, moves, ending);
                    if (bench.History.Steps.IsEmpty)
                    {
                        return;
                    }

                    var original = await bench.OriginalAsync();
                    var pending = await bench.PendingAsync();
                    await bench.UndoAsync(overwrite: true);

                    Assert.Null(await bench.PendingAsync());
                    Assert.True(pending is null || Lf(original) == Lf(bench.Text), $"{original}\n---\n{bench.Text}");
                },
                iter: 150
            );

    /// <returns>The lines of the user's that are still in the file when it is asked for.</returns>
    private static async Task<Func<IReadOnlyList<string>>> PlayAsync(
        CheckpointBench bench,
        string[] start,
        Move[] moves,
        string ending
    )
    {
        bench.User(Join(start, ending));
        for (var turn = 0; turn < moves.Length; turn++)
        {
            var (move, lines) = (
                moves[turn],
                Lf(bench.Text).Split('\n', StringSplitOptions.RemoveEmptyEntries).ToList()
            );
            switch (move.Who)
            {
                case Who.Agent:
                    await bench.AgentAsync(Join(Edit(lines, move, $"agent {turn}"), ending), move.Turn);
                    break;
                case Who.User:
                    bench.User(Join(Edit(lines, move, $"user {turn}"), ending));
                    break;
                case Who.Keep when !bench.History.Steps.IsEmpty:
                    await bench.KeepAsync();
                    break;
                case Who.UndoOne or Who.KeepOne when !bench.History.Steps.IsEmpty:
                    await ReviewOneAsync(bench, move);
                    break;
            }
        }

        var mine = Lf(bench.Text).Split('\n').Where(line => line.StartsWith("user", StringComparison.Ordinal)).ToList();
        return () => mine;
    }

    private static async Task ReviewOneAsync(CheckpointBench bench, Move move)
    {
        if (await bench.PendingAsync() is { Hunks: { IsEmpty: false } hunks })
        {
            var one = new HunkSelection.One(hunks[move.At % hunks.Length].Id);
            _ = move.Who == Who.KeepOne ? await bench.KeepAsync(one) : (await bench.UndoAsync(one)).Left is null;
        }
    }

    private static List<string> Edit(List<string> lines, Move move, string name)
    {
        var at = Math.Min(move.At, lines.Count);
        lines.RemoveRange(at, Math.Min(move.Removed, lines.Count - at));
        lines.InsertRange(at, Enumerable.Range(0, move.Added).Select(line => $"{name}.{line}"));
        return lines;
    }

    private static string Join(IEnumerable<string> lines, string ending) =>
        string.Concat(lines.Select(line => line + ending));

    private static string Lf(string? text) => (text ?? "").Replace("\r\n", "\n", StringComparison.Ordinal);
}
