using CsCheck;
using Sage.Agent.ToolCalls;

namespace Sage.Agent.Tests.ToolCalls;

public sealed class ConflictQueueTests
{
    private static readonly Gen<string> Paths = Gen.Int[0, 5]
        .Select(i => new[] { "/w", "/w/a", "/w/a/x", "/w/b", "/w/bc", "/" }[i]);

    private static readonly Gen<ResourceAccess> Accesses = Gen.Select(Paths.Array[0, 2], Paths.Array[0, 2])
        .Select((reads, writes) => new ResourceAccess([.. reads], [.. writes]));

    [Fact]
    public void A_write_waits_for_the_reads_before_it()
    {
        var queue = new ConflictQueue();
        using var read = queue.Enter(ResourceAccess.Read("/w/a"));
        using var write = queue.Enter(ResourceAccess.Write("/w/a"));
        Assert.True(read.IsGranted);
        Assert.False(write.IsGranted);
        read.Dispose();
        Assert.True(write.IsGranted);
    }

    [Fact]
    public void A_read_waits_for_the_write_before_it_even_when_that_still_waits()
    {
        var queue = new ConflictQueue();
        using var first = queue.Enter(ResourceAccess.Read("/w/a"));
        using var write = queue.Enter(ResourceAccess.Write("/w/a"));
        using var later = queue.Enter(ResourceAccess.Read("/w/a"));
        Assert.False(later.IsGranted);
    }

    [Theory]
    [InlineData("/w/a", "/w/ab", false)]
    [InlineData("/w/a", "/w/a/b", true)]
    [InlineData("/w/a/b", "/w/a", true)]
    [InlineData("/", "/w", true)]
    [InlineData("/w/", "/w/a", true)]
    public void A_folder_covers_what_is_below_it_and_nothing_beside_it(string left, string right, bool conflict) =>
        Assert.Equal(conflict, ResourceAccess.Write(left).ConflictsWith(ResourceAccess.Write(right)));

    [Fact]
    public void A_ticket_given_up_while_waiting_blocks_nobody()
    {
        var queue = new ConflictQueue();
        using var read = queue.Enter(ResourceAccess.Read("/w/a"));
        var write = queue.Enter(ResourceAccess.Write("/w/a"));
        using var later = queue.Enter(ResourceAccess.Read("/w/a"));
        write.Dispose();
        Assert.True(later.IsGranted);
    }

    [Fact]
    public void No_more_than_the_capacity_is_granted_at_once()
    {
        var queue = new ConflictQueue(capacity: 2);
        var tickets = Enumerable.Range(0, 4).Select(_ => queue.Enter(ResourceAccess.None)).ToList();
        Assert.Equal(2, tickets.Count(t => t.IsGranted));
        tickets[0].Dispose();
        Assert.True(tickets[2].IsGranted);
        Assert.False(tickets[3].IsGranted);
    }

    [Fact]
    public void Conflicting_work_never_overlaps_and_the_rest_is_never_held_back() =>
        Gen.Select(Accesses.Array[1, 12], Gen.Int[0, 11].Array[40])
            .Sample(
                (accesses, releases) =>
                {
                    var queue = new ConflictQueue();
                    var held = accesses.Select(queue.Enter).ToList();
                    var alive = Enumerable.Range(0, held.Count).ToList();
                    foreach (var pick in releases.Where(_ => alive.Count > 0))
                    {
                        Assert.Equal(Grantable(alive, accesses), alive.Where(i => held[i].IsGranted));
                        var granted = alive.Where(i => held[i].IsGranted).ToList();
                        Assert.NotEmpty(granted);
                        var released = granted[pick % granted.Count];
                        held[released].Dispose();
                        alive.Remove(released);
                    }
                }
            );

    // The specification, written the slow way: no earlier unfinished ticket conflicts.
    private static IEnumerable<int> Grantable(List<int> alive, ResourceAccess[] accesses) =>
        alive.Where(i => !alive.Exists(j => j < i && accesses[j].ConflictsWith(accesses[i])));
}
