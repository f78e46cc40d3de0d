using MediatR;
using Sage.Protocol.Sessions;

namespace Sage.Server.Handlers.Sessions;

/// <summary>Says what the model requests of a session have used.</summary>
internal sealed class DescribeCostHandler(SessionLookup sessions)
    : IRequestHandler<DescribeCostParams, DescribeCostResult>
{
    public async Task<DescribeCostResult> Handle(DescribeCostParams request, CancellationToken cancellationToken) =>
        (await sessions.FindAsync(request.SessionId, cancellationToken)).Use.DescribeCost();
}
