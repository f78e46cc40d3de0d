using MediatR;
using Sage.Protocol;
using Sage.Protocol.LanguageServer;

namespace Sage.Server.Handlers.Documents;

/// <summary>A document was changed.</summary>
internal sealed class DidChangeHandler(OpenDocuments documents) : IRequestHandler<DidChangeParams, Done>
{
    public Task<Done> Handle(DidChangeParams request, CancellationToken cancellationToken)
    {
        var (uri, version) = request.TextDocument;
        return documents.Change(uri, version, request.ContentChanges)
            ? Task.FromResult(Done.Value)
            : throw new SageException(ErrorCodes.InvalidParams, "The document that changed is not open.");
    }
}
