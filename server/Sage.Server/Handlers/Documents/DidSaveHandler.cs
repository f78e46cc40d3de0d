using MediatR;
using Sage.Protocol;
using Sage.Protocol.LanguageServer;

namespace Sage.Server.Handlers.Documents;

/// <summary>A document was saved.</summary>
internal sealed class DidSaveHandler(OpenDocuments documents) : IRequestHandler<DidSaveParams, Done>
{
    public Task<Done> Handle(DidSaveParams request, CancellationToken cancellationToken) =>
        documents.Save(request.TextDocument.Uri)
            ? Task.FromResult(Done.Value)
            : throw new SageException(ErrorCodes.InvalidParams, "The document that was saved is not open.");
}
