using MediatR;
using Sage.Protocol;
using Sage.Protocol.LanguageModels;
using Sage.Server.Handlers.Sessions;

namespace Sage.Server.Handlers.LanguageModels;

/// <summary>Chooses the model of new turns, and of a session for as long as it lives.</summary>
internal sealed class SelectModelHandler(ConfiguredModels models, SessionLookup sessions)
    : IRequestHandler<SelectModelParams, Done>
{
    public async Task<Done> Handle(SelectModelParams request, CancellationToken cancellationToken)
    {
        // First, or the settings would undo the choice when they are read later.
        await models.ApplySettingsAsync(cancellationToken);
        models.Models.Select(request.Id);
        if (request.SessionId is { } sessionId)
        {
            var session = await sessions.FindAsync(sessionId, cancellationToken);
            await session.ChooseModelAsync(request.Id, cancellationToken);
        }

        return Done.Value;
    }
}
