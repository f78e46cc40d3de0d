using MediatR;
using Sage.Protocol;
using Sage.Protocol.LanguageServer;

namespace Sage.Server.Handlers.Documents;

/// <summary>A document was closed; from now on the disk has the word.</summary>
internal sealed class DidCloseHandler(OpenDocuments documents) : IRequestHandler<DidCloseParams, Done>
{
    public Task<Done> Handle(DidCloseParams request, CancellationToken cancellationToken)
    {
        documents.Close(request.TextDocument.Uri);
        return Task.FromResult(Done.Value);
    }
}
