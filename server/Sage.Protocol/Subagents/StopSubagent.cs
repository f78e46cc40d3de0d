using MediatR;

namespace Sage.Protocol.Subagents;

/// <summary><see cref="Methods.StopSubagent"/>: its call ends as cancelled, with what it had; the turn goes on. One that has ended stays as it is.</summary>
/// <param name="SessionId">The session.</param>
/// <param name="CallId">The call that runs the sub-agent.</param>
public sealed record StopSubagentParams(string SessionId, string CallId) : IRequest<Done>;
