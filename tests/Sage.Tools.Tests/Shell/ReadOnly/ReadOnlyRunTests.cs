using CsCheck;
using Sage.TestKit;
using Sage.Tools.Shell.ReadOnly;

namespace Sage.Tools.Tests.Shell.ReadOnly;

/// <summary>What is proven is run for real, by every shell of this machine.</summary>
public sealed class ReadOnlyRunTests : IDisposable
{
    private static readonly int Lines = Fuzz.Size(ordinary: 100);

    private readonly HostileWorkspace _workspace = new();

    public void Dispose() => _workspace.Dispose();

    [Fact]
    public void A_proven_line_changes_nothing_and_shows_nothing_from_outside()
    {
        var before = _workspace.Snapshot();
        Sample(
            ReadingLines.Damaged,
            (line, _, shell) =>
            {
                var (output, errors) = _workspace.Run(shell, line);
                Assert.False(
                    $"{output}{errors}".Contains(HostileWorkspace.Hidden, StringComparison.Ordinal),
                    $"{shell} showed:\n{line}"
                );
                Assert.True(before == _workspace.Snapshot(), $"{shell} changed something:\n{line}");
            }
        );
    }

    [Fact]
    public void A_proven_line_does_not_depend_on_files_that_it_is_not_said_to_read() =>
        Sample(
            ReadingLines.Sound,
            (line, proof, shell) =>
            {
                // Not its errors: whether a command notices that nobody reads its output is a matter of chance.
                var (output, _) = _workspace.Run(shell, line);
                _workspace.ChangeAllBut(proof);
                Assert.True(output == _workspace.Run(shell, line).Output, $"{shell} read something else:\n{line}");
            }
        );

    [Fact]
    public void Most_of_what_only_reads_is_proven()
    {
        var proven = 0;
        ReadingLines.Sound.Sample(
            line => Interlocked.Add(ref proven, _workspace.Prove(line) is null ? 0 : 1),
            iter: 400,
            threads: 1
        );
        Assert.InRange(proven, 200, 400);
    }

    [Fact]
    public void A_pipe_that_nobody_reads_any_more_ends_the_line()
    {
        const string line = "seq 1 100000000 | head -n 1";
        Assert.NotNull(_workspace.Prove(line));
        Assert.All(HostileWorkspace.Shells, shell => Assert.Equal("1\n", _workspace.Run(shell, line).Output));
    }

    private void Sample(Gen<string> lines, Action<string, ReadOnlyProof, string> check) =>
        lines
            .Where(line => _workspace.Prove(line) is not null)
            .Sample(
                line =>
                {
                    var proof = _workspace.Prove(line)!;
                    foreach (var shell in HostileWorkspace.Shells)
                    {
                        check(line, proof, shell);
                    }
                },
                iter: Lines,
                threads: 1
            );
}
