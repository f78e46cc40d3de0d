using MediatR;
using Sage.Protocol;
using Sage.Protocol.LanguageServer;

namespace Sage.Server.Handlers.Documents;

/// <summary>A document was saved. It may be closed by now: an editor that saves in the background closes first, and then tells.</summary>
internal sealed class DidSaveHandler(OpenDocuments documents) : IRequestHandler<DidSaveParams, Done>
{
    public Task<Done> Handle(DidSaveParams request, CancellationToken cancellationToken)
    {
        documents.Save(request.TextDocument.Uri);
        return Task.FromResult(Done.Value);
    }
}
