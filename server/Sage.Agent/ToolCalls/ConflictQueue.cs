namespace Sage.Agent.ToolCalls;

/// <summary>
/// Lets work in by its <see cref="ResourceAccess"/>: a ticket is granted when no earlier ticket that is still held or
/// waiting conflicts with it. Conflicting work therefore runs in the order it entered, everything else at once.
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
            var ticket = new Ticket(this, access);
            _tickets.AddLast(ticket);
            GrantWhatCanRun();
            return ticket;
        }
    }

    private void Leave(Ticket ticket)
    {
        lock (_gate)
        {
            if (!_tickets.Remove(ticket))
            {
                return;
            }

            if (ticket.IsGranted)
            {
                _granted--;
            }

            GrantWhatCanRun();
        }
    }

    private void GrantWhatCanRun()
    {
        for (var node = _tickets.First; node is not null && _granted < capacity; node = node.Next)
        {
            if (!node.Value.IsGranted && !IsBlocked(node))
            {
                _granted++;
                node.Value.Grant();
            }
        }
    }

    private static bool IsBlocked(LinkedListNode<Ticket> node)
    {
        for (var earlier = node.Previous; earlier is not null; earlier = earlier.Previous)
        {
            if (earlier.Value.Access.ConflictsWith(node.Value.Access))
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>A place in the queue. Disposing it gives the place up, granted or not.</summary>
    internal sealed class Ticket(ConflictQueue queue, ResourceAccess access) : IDisposable
    {
        private readonly TaskCompletionSource _granted = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public ResourceAccess Access { get; } = access;

        public bool IsGranted => _granted.Task.IsCompleted;

        /// <summary>Completes when this work may run.</summary>
        public Task WhenGranted(CancellationToken cancellationToken) => _granted.Task.WaitAsync(cancellationToken);

        public void Dispose() => queue.Leave(this);

        internal void Grant() => _granted.TrySetResult();
    }
}
