using MediatR;
using Sage.Protocol.Permissions;

namespace Sage.Server.Handlers.Projects;

/// <summary>Says what the project brings along that the user has not decided about.</summary>
internal sealed class ListProjectOffersHandler(OpenOffers offers)
    : IRequestHandler<ListProjectOffersParams, ProjectOffers>
{
    public Task<ProjectOffers> Handle(ListProjectOffersParams request, CancellationToken cancellationToken) =>
        Task.FromResult(offers.Read());
}
