using MediatR;

namespace Sage.Protocol.Turns;

/// <summary>
/// <see cref="Methods.StopCall"/>: a tool call ends as cancelled, with what it had, and the turn goes on: the model reads that the user
/// stopped it. What the call runs is ended as by a stop of the turn; for a sub-agent, also one in the background, that is all of it.
/// A call that has ended stays as it is.
/// </summary>
/// <param name="SessionId">The session.</param>
/// <param name="CallId">The call.</param>
public sealed record StopCallParams(string SessionId, string CallId) : IRequest<Done>;
