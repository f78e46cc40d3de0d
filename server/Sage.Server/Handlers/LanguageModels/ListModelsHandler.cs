using MediatR;
using Sage.Protocol.LanguageModels;

namespace Sage.Server.Handlers.LanguageModels;

/// <summary>Lists the models a user can choose.</summary>
internal sealed class ListModelsHandler(ConfiguredModels models) : IRequestHandler<ListModelsParams, ListModelsResult>
{
    public async Task<ListModelsResult> Handle(ListModelsParams request, CancellationToken cancellationToken)
    {
        await models.ApplySettingsAsync(cancellationToken);
        return await models.Models.ListAsync(cancellationToken);
    }
}
