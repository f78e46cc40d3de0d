using System.Diagnostics;
using CsCheck;
using Sage.Agent.ToolCalls;

namespace Sage.Agent.Tests.ToolCalls;

public sealed class ConflictQueueTests
{
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
    public void A_ticket_given_up_twice_counts_once()
    {
        var queue = new ConflictQueue(capacity: 1);
        var first = queue.Enter(ResourceAccess.Write("/w/a"));
        using var second = queue.Enter(ResourceAccess.Write("/w/a"));
        using var third = queue.Enter(ResourceAccess.Write("/w/a"));
        first.Dispose();
        first.Dispose();
        Assert.True(second.IsGranted);
        Assert.False(third.IsGranted);
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
    public async Task A_wait_that_is_cancelled_leaves_no_ticket_behind()
    {
        var queue = new ConflictQueue();
        using var first = queue.Enter(ResourceAccess.Write("/w/a"));
        using var stop = new CancellationTokenSource();
        var waiting = queue.EnterAsync(ResourceAccess.Write("/w"), stop.Token).AsTask();
        using var later = queue.Enter(ResourceAccess.Write("/w/b"));
        Assert.False(later.IsGranted);

        await stop.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => waiting);
        Assert.True(later.IsGranted);
    }

    [Fact]
    public void Whatever_enters_and_leaves_exactly_those_run_that_may() =>
        Gen.Select(Gen.Select(Accesses.Any, Gen.Int[0, 3], Gen.Int[0, 20]).Array[1, 60], Gen.Int[1, 20])
            .Sample(
                (steps, capacity) =>
                {
                    var queue = new ConflictQueue(capacity);
                    var specification = new Specification(capacity);
                    List<ConflictQueue.Ticket> tickets = [];
                    foreach (var (access, kind, pick) in steps)
                    {
                        if (kind < 2 || specification.Alive.Count == 0)
                        {
                            tickets.Add(queue.Enter(access));
                            specification.Enter(access);
                        }
                        else
                        {
                            // Granted or not: a call can end or be given up.
                            var leaving = specification.Alive[pick % specification.Alive.Count];
                            tickets[leaving].Dispose();
                            specification.Leave(leaving);
                        }

                        Assert.Equal(
                            specification.Granted.Order(),
                            specification.Alive.Where(i => tickets[i].IsGranted)
                        );
                    }

                    while (specification.Alive.Count > 0)
                    {
                        // Nothing is left waiting for ever: as long as anyone is there, someone runs.
                        var first = specification.Alive.First(i => tickets[i].IsGranted);
                        tickets[first].Dispose();
                        specification.Leave(first);
                    }
                }
            );

    [Fact]
    public void Thousands_of_tickets_are_no_burden()
    {
        // A write of everything, reads behind it, and again: comparing all with all at each step would take minutes.
        var started = Stopwatch.GetTimestamp();
        var queue = new ConflictQueue(16);
        var tickets = Enumerable
            .Range(0, 3_000)
            .Select(i => queue.Enter(i % 1_000 == 0 ? ResourceAccess.WritesEverything : ResourceAccess.Read($"/w/{i}")))
            .ToList();

        foreach (var ticket in tickets)
        {
            Assert.True(ticket.IsGranted);
            ticket.Dispose();
        }

        Assert.True(Stopwatch.GetElapsedTime(started) < TimeSpan.FromSeconds(30));
    }

    /// <summary>The rule, written the slow way: no earlier ticket that is still there conflicts, and there is room.</summary>
    private sealed class Specification(int capacity)
    {
        private readonly List<ResourceAccess> _accesses = [];

        public List<int> Alive { get; } = [];

        public HashSet<int> Granted { get; } = [];

        public void Enter(ResourceAccess access)
        {
            Alive.Add(_accesses.Count);
            _accesses.Add(access);
            Grant();
        }

        public void Leave(int ticket)
        {
            Alive.Remove(ticket);
            Granted.Remove(ticket);
            Grant();
        }

        private void Grant()
        {
            foreach (var i in Alive.Where(i => !Alive.Exists(j => j < i && _accesses[j].ConflictsWith(_accesses[i]))))
            {
                if (Granted.Count < capacity)
                {
                    Granted.Add(i);
                }
            }
        }
    }
}
