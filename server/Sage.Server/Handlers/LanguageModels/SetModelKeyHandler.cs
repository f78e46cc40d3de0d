using MediatR;
using Sage.Agent.LanguageModels;
using Sage.Agent.Secrets;
using Sage.Protocol;
using Sage.Protocol.LanguageModels;

namespace Sage.Server.Handlers.LanguageModels;

/// <summary>Takes an API key into memory, and out of everything that is logged.</summary>
internal sealed class SetModelKeyHandler(ILanguageModels models, SecretRedaction redaction)
    : IRequestHandler<SetModelKeyParams, Done>
{
    public Task<Done> Handle(SetModelKeyParams request, CancellationToken cancellationToken)
    {
        redaction.Add(request.Key);
        models.SetKey(request.Provider, request.Key);
        return Task.FromResult(Done.Value);
    }
}
