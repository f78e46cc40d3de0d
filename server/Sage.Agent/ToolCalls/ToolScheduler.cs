namespace Sage.Agent.ToolCalls;

/// <summary>
/// Runs the calls of one turn: each starts as soon as no earlier unfinished call of the turn conflicts with it, also
/// while the reply that makes the calls is still streaming. A call that waits for the user keeps its turn: what conflicts
/// with it waits too, everything else goes on.
/// </summary>
internal sealed class ToolScheduler
{
    private readonly ConflictQueue _queue = new();

    /// <summary>Schedules one call. Call this in call order; the task ends when the call has its result.</summary>
    /// <param name="access">What the call reads and writes.</param>
    /// <param name="run">Runs the call; honours the token.</param>
    /// <param name="cancelled">The result of a call that was cancelled while it waited.</param>
    /// <param name="cancellationToken">The turn's token.</param>
    public Task<ToolResult> Schedule(
        ResourceAccess access,
        Func<CancellationToken, Task<ToolResult>> run,
        ToolResult cancelled,
        CancellationToken cancellationToken
    ) => RunInTurnAsync(_queue.Enter(access), run, cancelled, cancellationToken);

    private static async Task<ToolResult> RunInTurnAsync(
        ConflictQueue.Ticket ticket,
        Func<CancellationToken, Task<ToolResult>> run,
        ToolResult cancelled,
        CancellationToken cancellationToken
    )
    {
        using (ticket)
        {
            try
            {
                await ticket.WhenGranted(cancellationToken).ConfigureAwait(ConfigureAwaitOptions.ForceYielding);
            }
            catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
            {
                return cancelled;
            }

            return await run(cancellationToken);
        }
    }
}
