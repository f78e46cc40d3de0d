using MediatR;
using Microsoft.Extensions.Logging;
using Sage.Agent.Extensions;
using Sage.Protocol.Permissions;
using Sage.Server.Handlers.Workspaces;

namespace Sage.Server.Handlers.Projects;

/// <summary>Keeps what the user said to an offer, if the project still offers exactly that.</summary>
internal sealed class AnswerProjectOfferHandler(
    OpenOffers offers,
    OpenFolders folders,
    IProjectConsents consents,
    ILogger<AnswerProjectOfferHandler> log
) : IRequestHandler<AnswerProjectOfferParams, ProjectOffers>
{
    public Task<ProjectOffers> Handle(AnswerProjectOfferParams request, CancellationToken cancellationToken)
    {
        var shown = offers
            .Read()
            .Offers.FirstOrDefault(offer => (offer.Kind, offer.Hash) == (request.Kind, request.Hash));
        if (shown is not null)
        {
            consents.Answer(folders.Workspace, shown, request.Answer);
            log.LogInformation("The project's {Kind} were answered with {Answer}", shown.Kind, request.Answer);
        }

        return Task.FromResult(offers.Read());
    }
}
