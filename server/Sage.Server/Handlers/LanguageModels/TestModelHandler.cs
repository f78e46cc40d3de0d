using MediatR;
using Sage.Agent.Secrets;
using Sage.Protocol.LanguageModels;
using Sage.Providers.Catalog;

namespace Sage.Server.Handlers.LanguageModels;

/// <summary>Tries a provider before it is configured; its key is kept out of everything that is logged.</summary>
internal sealed class TestModelHandler(IModelConnections connections, SecretRedaction redaction)
    : IRequestHandler<TestModelParams, TestModelResult>
{
    public Task<TestModelResult> Handle(TestModelParams request, CancellationToken cancellationToken)
    {
        redaction.Add(request.Key?.Trim());
        return connections.TestAsync(request, cancellationToken);
    }
}
