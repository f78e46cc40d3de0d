using MediatR;
using Sage.Protocol;
using Sage.Protocol.Subagents;
using Sage.Server.Handlers.Sessions;

namespace Sage.Server.Handlers.Subagents;

/// <summary>Hands words to one sub-agent.</summary>
internal sealed class SteerSubagentHandler(SessionLookup sessions) : IRequestHandler<SteerSubagentParams, Done>
{
    public Task<Done> Handle(SteerSubagentParams request, CancellationToken cancellationToken) =>
        sessions.ChangeAsync(
            request.SessionId,
            session => session.SteerSubagentAsync(request.CallId, request.Id, request.Text, cancellationToken),
            cancellationToken
        );
}
