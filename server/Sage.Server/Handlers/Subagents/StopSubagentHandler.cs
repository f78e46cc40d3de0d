using MediatR;
using Sage.Protocol;
using Sage.Protocol.Subagents;
using Sage.Server.Handlers.Sessions;

namespace Sage.Server.Handlers.Subagents;

/// <summary>The stop of one sub-agent alone.</summary>
internal sealed class StopSubagentHandler(SessionLookup sessions) : IRequestHandler<StopSubagentParams, Done>
{
    public async Task<Done> Handle(StopSubagentParams request, CancellationToken cancellationToken)
    {
        (await sessions.FindAsync(request.SessionId, cancellationToken)).StopSubagent(request.CallId);
        return Done.Value;
    }
}
