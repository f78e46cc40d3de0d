using MediatR;
using Sage.Protocol.Sessions;

namespace Sage.Server.Handlers.Sessions;

/// <summary>Gives a client the events that lie before those it has.</summary>
internal sealed class PageSessionHandler(SessionLookup sessions) : IRequestHandler<PageSessionParams, PageSessionResult>
{
    public async Task<PageSessionResult> Handle(PageSessionParams request, CancellationToken cancellationToken)
    {
        var session = await sessions.FindAsync(request.SessionId, cancellationToken);
        return await session.PageAsync(request.BeforeSeq, request.Limit, cancellationToken);
    }
}
