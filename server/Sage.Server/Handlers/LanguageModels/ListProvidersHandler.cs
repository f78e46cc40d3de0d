using MediatR;
using Sage.Protocol.LanguageModels;
using Sage.Providers.Catalog;

namespace Sage.Server.Handlers.LanguageModels;

/// <summary>Lists the providers a user can connect.</summary>
internal sealed class ListProvidersHandler(IModelConnections connections)
    : IRequestHandler<ListProvidersParams, ListProvidersResult>
{
    public Task<ListProvidersResult> Handle(ListProvidersParams request, CancellationToken cancellationToken) =>
        Task.FromResult(new ListProvidersResult(connections.Providers()));
}
