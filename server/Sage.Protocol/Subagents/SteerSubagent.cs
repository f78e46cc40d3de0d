using MediatR;

namespace Sage.Protocol.Subagents;

/// <summary>
/// <see cref="Methods.SteerSubagent"/>: words for one sub-agent. Its model reads them before its next reply; its card tells how far they
/// got, as <see cref="Events.Steer"/> inside a <see cref="Events.SubagentEvent"/>. Words that it has not read when it ends are dropped. Fails with
/// <see cref="ErrorCodes.NoTurnRunning"/> when it has not begun, or can take nothing any more.
/// </summary>
/// <param name="SessionId">The session.</param>
/// <param name="CallId">The call that started the sub-agent.</param>
/// <param name="Id">Chosen by the client, unique in the sub-agent.</param>
/// <param name="Text">The words; not a command.</param>
public sealed record SteerSubagentParams(string SessionId, string CallId, string Id, string Text) : IRequest<Done>;
