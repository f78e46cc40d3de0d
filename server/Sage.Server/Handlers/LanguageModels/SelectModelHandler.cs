using MediatR;
using Sage.Protocol;
using Sage.Protocol.LanguageModels;

namespace Sage.Server.Handlers.LanguageModels;

/// <summary>Chooses the model of new turns.</summary>
internal sealed class SelectModelHandler(ConfiguredModels models) : IRequestHandler<SelectModelParams, Done>
{
    public async Task<Done> Handle(SelectModelParams request, CancellationToken cancellationToken)
    {
        // First, or the settings would undo the choice when they are read later.
        await models.ApplySettingsAsync(cancellationToken);
        models.Models.Select(request.Id);
        return Done.Value;
    }
}
