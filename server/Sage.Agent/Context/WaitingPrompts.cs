using System.Collections.Immutable;
using Sage.Protocol.Events;
using Sage.Protocol.Turns;

namespace Sage.Agent.Context;

/// <summary>Words of the user that no model has read yet.</summary>
internal sealed record WaitingPrompt(string Id, SteerKind Kind, ImmutableArray<InputPart> Input);

/// <summary>The fold of a session's events into what waits: steers for the running turn, and prompts for turns of their own.</summary>
/// <param name="InOrder">What is to come first, first.</param>
/// <param name="Known">Every id that was ever used.</param>
internal sealed record WaitingPrompts(ImmutableArray<WaitingPrompt> InOrder, ImmutableHashSet<string> Known)
{
    public static WaitingPrompts None { get; } = new([], ImmutableHashSet.Create<string>(StringComparer.Ordinal));

    public WaitingPrompt? Find(string id) => InOrder.FirstOrDefault(waiting => waiting.Id == id);

    /// <summary>What is meant for the running turn.</summary>
    public ImmutableArray<WaitingPrompt> Steers => [.. InOrder.Where(waiting => waiting.Kind == SteerKind.Steer)];

    public WaitingPrompts After(DurableEvent happened) =>
        happened switch
        {
            Steer { State: SteerState.Accepted, Input: { } input } accepted => With(
                new WaitingPrompt(accepted.Id, accepted.Kind, input)
            ),
            Steer { State: not SteerState.Accepted } gone => Without(gone.Id),
            TurnStarted { QueuedId: { } started } => Without(started),
            QueueReordered { Ids: var ids } => this with { InOrder = [.. InOrder.OrderBy(Place(ids))] },
            // What the turn did not take is not lost: it waits for a turn of its own.
            TurnEnded => this with
            {
                InOrder = [.. InOrder.Select(waiting => waiting with { Kind = SteerKind.Queue })],
            },
            _ => this,
        };

    private WaitingPrompts With(WaitingPrompt waiting) =>
        new(
            Find(waiting.Id) is { } before ? InOrder.Replace(before, waiting) : InOrder.Add(waiting),
            Known.Add(waiting.Id)
        );

    private WaitingPrompts Without(string id) => this with { InOrder = InOrder.RemoveAll(waiting => waiting.Id == id) };

    private static Func<WaitingPrompt, int> Place(ImmutableArray<string> ids) =>
        waiting => ids.IndexOf(waiting.Id) is var place and >= 0 ? place : int.MaxValue;
}
