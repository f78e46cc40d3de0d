using MediatR;
using Sage.Protocol;
using Sage.Protocol.LanguageServer;

namespace Sage.Server.Handlers.Settings;

/// <summary>The user changed a setting.</summary>
internal sealed class DidChangeConfigurationHandler(EditorSettings settings)
    : IRequestHandler<DidChangeConfigurationParams, Done>
{
    public Task<Done> Handle(DidChangeConfigurationParams request, CancellationToken cancellationToken)
    {
        settings.Change(request.Settings);
        return Task.FromResult(Done.Value);
    }
}
