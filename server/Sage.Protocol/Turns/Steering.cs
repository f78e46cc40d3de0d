using System.Collections.Immutable;
using System.Text.Json.Serialization;
using MediatR;
using Sage.Protocol.Json;

namespace Sage.Protocol.Turns;

/// <summary>
/// <see cref="Methods.SteerTurn"/>: words for the turn that runs. The model reads them before its next reply. A prompt that
/// waits in the queue is steered by its id. Fails with <see cref="ErrorCodes.NoTurnRunning"/> when no turn can take it any
/// more: run a turn with it instead.
/// </summary>
/// <param name="SessionId">The session whose turn runs.</param>
/// <param name="Id">Chosen by the client, unique in the session.</param>
/// <param name="Input">At least one part.</param>
public sealed record SteerTurnParams(string SessionId, string Id, ImmutableArray<InputPart> Input) : IRequest<Done>;

/// <summary>
/// <see cref="Methods.QueuePrompt"/>: a prompt for a turn of its own, after the one that runs. It waits until the client
/// runs it (<see cref="RunTurnParams.QueuedId"/>): a stopped turn does not set it off.
/// </summary>
/// <param name="SessionId">The session.</param>
/// <param name="Id">Chosen by the client, unique in the session.</param>
/// <param name="Input">At least one part.</param>
public sealed record QueuePromptParams(string SessionId, string Id, ImmutableArray<InputPart> Input) : IRequest<Done>;

/// <summary><see cref="Methods.EditQueued"/>: other words for a prompt or steer that was not delivered yet.</summary>
/// <param name="SessionId">The session.</param>
/// <param name="Id">The prompt. Fails with <see cref="ErrorCodes.NotWaiting"/> when it does not wait any more.</param>
/// <param name="Input">Replaces what it said.</param>
public sealed record EditQueuedParams(string SessionId, string Id, ImmutableArray<InputPart> Input) : IRequest<Done>;

/// <summary><see cref="Methods.RemoveQueued"/>: takes back a prompt or steer that was not delivered yet.</summary>
/// <param name="SessionId">The session.</param>
/// <param name="Id">The prompt. Fails with <see cref="ErrorCodes.NotWaiting"/> when it does not wait any more.</param>
public sealed record RemoveQueuedParams(string SessionId, string Id) : IRequest<Done>;

/// <summary><see cref="Methods.ReorderQueued"/>: what is to come first.</summary>
/// <param name="SessionId">The session.</param>
/// <param name="Ids">Those that wait, in their new order; one that is left out keeps its place behind them.</param>
public sealed record ReorderQueuedParams(string SessionId, ImmutableArray<string> Ids) : IRequest<Done>;

/// <summary>Where the words go.</summary>
[JsonConverter(typeof(CamelCaseEnumConverter<SteerKind>))]
public enum SteerKind
{
    /// <summary>Into the turn that runs. When that ends without taking it, it becomes <see cref="Queue"/>.</summary>
    Steer,

    /// <summary>Into a turn of their own.</summary>
    Queue,
}

/// <summary>How far the words got.</summary>
[JsonConverter(typeof(CamelCaseEnumConverter<SteerState>))]
public enum SteerState
{
    /// <summary>Recorded, also when they were edited; they survive a crash.</summary>
    Accepted,

    /// <summary>Part of the conversation.</summary>
    Delivered,

    /// <summary>Taken back by the user.</summary>
    Dropped,
}
