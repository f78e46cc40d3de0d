namespace Sage.Agent.ToolCalls;

/// <summary>
/// Lets work in by its <see cref="ResourceAccess"/>: a ticket is granted when no earlier ticket that is still held or
/// waiting conflicts with it. Conflicting work therefore runs in the order it entered, everything else at once.
/// Entering and leaving look once at each ticket: there are tens of them, and hundreds still take microseconds.
/// </summary>
/// <param name="capacity">How many may be granted at the same time.</param>
internal sealed class ConflictQueue(int capacity = int.MaxValue)
{
    private readonly Lock _gate = new();
    private readonly LinkedList<Ticket> _tickets = [];
    private int _granted;

    /// <summary>Takes a place in the queue, at once; its order is the order of the calls to this method.</summary>
    public Ticket Enter(ResourceAccess access)
    {
        lock (_gate)
        {
            var blockers = _tickets.Count(earlier => earlier.Access.ConflictsWith(access));
            var ticket = new Ticket(this, access) { Blockers = blockers };
            _tickets.AddLast(ticket);
            GrantWhatCanRun(_tickets.Last);
            return ticket;
        }
    }

    /// <summary>Takes a place in the queue, at once, and waits until it is granted. Dispose the result when the work is done.</summary>
    public async ValueTask<IDisposable> EnterAsync(ResourceAccess access, CancellationToken cancellationToken)
    {
        var ticket = Enter(access);
        try
        {
            await ticket.WhenGranted(cancellationToken);
            return ticket;
        }
        catch (OperationCanceledException)
        {
            ticket.Dispose();
            throw;
        }
    }

    private void Leave(Ticket ticket)
    {
        lock (_gate)
        {
            if (_tickets.Find(ticket) is not { } node)
            {
                return;
            }

            for (var later = node.Next; later is not null; later = later.Next)
            {
                later.Value.Blockers -= ticket.Access.ConflictsWith(later.Value.Access) ? 1 : 0;
            }

            _granted -= ticket.IsGranted ? 1 : 0;
            _tickets.Remove(node);
            GrantWhatCanRun(_tickets.First);
        }
    }

    // In order: while there is room, no ticket that could run is left waiting.
    private void GrantWhatCanRun(LinkedListNode<Ticket>? first)
    {
        for (var node = first; node is not null && _granted < capacity; node = node.Next)
        {
            if (node.Value is { IsGranted: false, Blockers: 0 })
            {
                _granted++;
                node.Value.Grant();
            }
        }
    }

    /// <summary>A place in the queue. Disposing it gives the place up, granted or not.</summary>
    internal sealed class Ticket(ConflictQueue queue, ResourceAccess access) : IDisposable
    {
        private readonly TaskCompletionSource _granted = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public ResourceAccess Access { get; } = access;

        public bool IsGranted => _granted.Task.IsCompleted;

        /// <summary>How many earlier tickets conflict with it. The queue's.</summary>
        internal int Blockers { get; set; }

        /// <summary>Completes when this work may run.</summary>
        public Task WhenGranted(CancellationToken cancellationToken) => _granted.Task.WaitAsync(cancellationToken);

        public void Dispose() => queue.Leave(this);

        internal void Grant() => _granted.TrySetResult();
    }
}
