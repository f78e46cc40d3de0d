using MediatR;
using Sage.Protocol;
using Sage.Protocol.EditorModels;

namespace Sage.Server.Handlers.EditorModels;

/// <summary>The editor's models will be asked for again.</summary>
internal sealed class EditorModelsChangedHandler(EditorModelPort port)
    : IRequestHandler<EditorModelsChangedParams, Done>
{
    public Task<Done> Handle(EditorModelsChangedParams request, CancellationToken cancellationToken)
    {
        port.Forget();
        return Task.FromResult(Done.Value);
    }
}
