using MediatR;
using Sage.Protocol;
using Sage.Protocol.LanguageServer;

namespace Sage.Server.Handlers.Documents;

/// <summary>A document was opened.</summary>
internal sealed class DidOpenHandler(OpenDocuments documents) : IRequestHandler<DidOpenParams, Done>
{
    public Task<Done> Handle(DidOpenParams request, CancellationToken cancellationToken)
    {
        documents.Open(request.TextDocument);
        return Task.FromResult(Done.Value);
    }
}
