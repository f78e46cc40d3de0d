using MediatR;
using Sage.Protocol;
using Sage.Protocol.EditorModels;

namespace Sage.Server.Handlers.EditorModels;

/// <summary>Takes a piece of a reply; its answer tells the client to send the next.</summary>
internal sealed class EditorModelPartHandler(EditorModelPort port) : IRequestHandler<EditorModelPartParams, Done>
{
    public async Task<Done> Handle(EditorModelPartParams request, CancellationToken cancellationToken)
    {
        await port.TakeAsync(request, cancellationToken);
        return Done.Value;
    }
}
