using MediatR;
using Sage.Protocol;
using Sage.Protocol.Turns;
using Sage.Server.Handlers.Sessions;

namespace Sage.Server.Handlers.Turns;

/// <summary>Changes the words of what waits.</summary>
internal sealed class EditQueuedHandler(SessionLookup sessions) : IRequestHandler<EditQueuedParams, Done>
{
    public Task<Done> Handle(EditQueuedParams request, CancellationToken cancellationToken) =>
        sessions.ChangeAsync(
            request.SessionId,
            session => session.EditQueuedAsync(request.Id, request.Input, cancellationToken),
            cancellationToken
        );
}
